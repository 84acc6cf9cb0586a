/// Lists, English, French with gender, Vietnamese with classifier.
///
/// "Brother" and "sister" are the elder ones in Vietnamese; teachers and bosses are men in French.
let nouns = """
  kin kinwoman | mother | f mère | người/mẹ
  kin kinman | father | m père | người/bố
  kin kinman young sibling | brother | m frère | người/anh trai
  kin kinwoman young sibling | sister | f sœur | người/chị gái
  kin kinman young sibling | son | m fils | người/con trai
  kin kinwoman young sibling | daughter | f fille | người/con gái
  kin kinwoman elder | grandmother | f grand-mère/grands-mères | người/bà
  kin kinman elder | grandfather | m grand-père/grands-pères | người/ông
  kin kinman sibling | uncle | m oncle | người/chú
  kin kinwoman sibling | aunt | f tante | người/cô
  fellow | friend | m ami | người/bạn
  fellow | neighbour | m voisin | người/hàng xóm
  fellow | boss | m chef | sếp
  fellow | teacher | m professeur | giáo viên

  carried goods object small | bag | m sac | chiếc/túi
  carried goods object small | umbrella | m parapluie | chiếc/ô
  carried goods object small | phone | m téléphone | chiếc/điện thoại
  carried goods object small | watch | f montre | chiếc/đồng hồ
  carried goods object | suitcase | f valise | chiếc/va li
  carried goods object gift small | book | m livre | quyển/sách
  carried goods object small | camera | m appareil photo/appareils photo | chiếc/máy ảnh
  carried small | passport | m passeport | cuốn/hộ chiếu
  carried object small | key | f clé | chiếc/chìa khóa
  carried object small | letter | f lettre | lá/thư
  carried object small | ticket | m billet | tấm/vé
  clothes goods object gift small | shirt | f chemise | chiếc/áo sơ mi
  clothes goods object gift small | dress | f robe | chiếc/váy
  clothes goods object gift small | hat | m chapeau | chiếc/mũ
  clothes goods object gift small | coat | m manteau | chiếc/áo khoác
  clothes goods object gift small | scarf/scarves | f écharpe | chiếc/khăn quàng
  goods object gift | lamp | f lampe | chiếc/đèn
  goods object | chair | f chaise | cái/ghế
  goods object | table | f table | cái/bàn
  goods object gift | computer | m ordinateur | chiếc/máy tính
  goods object gift | bike | m vélo | chiếc/xe đạp
  goods | car | f voiture | chiếc/ô tô
  goods object gift | picture | m tableau | bức/tranh
  goods object gift small | pen | m stylo | cái/bút
  goods object small | cup | f tasse | cái/tách
  goods object small | plate | f assiette | cái/đĩa
  goods object small | knife/knives | m couteau | con/dao
  object small | map | f carte | tấm/bản đồ
  object small | newspaper | m journal | tờ/báo
  building | house | f maison | ngôi/nhà
  building | flat | m appartement | căn hộ
  building | garden | m jardin | khu vườn
  mail | postcard | f carte postale/cartes postales | tấm/bưu thiếp
  mail | message | m message | tin nhắn
  mail | email | m e-mail | email

  animal pet | dog | m chien | con/chó
  animal pet | cat | m chat | con/mèo
  animal pet | bird | m oiseau | con/chim
  animal | horse | m cheval | con/ngựa
  animal pet | rabbit | m lapin | con/thỏ
  animal | cow | f vache | con/bò
  animal | duck | m canard | con/vịt

  place public | station | f gare | nhà ga
  place public | airport | m aéroport | sân bay
  place work | hospital | m hôpital/hôpitaux | bệnh viện
  place work opens | bank | f banque | ngân hàng
  place work opens | post office | f poste | bưu điện
  place work opens | museum | m musée | bảo tàng
  place opens | market | m marché | chợ
  place work opens | pharmacy | f pharmacie | hiệu thuốc
  place work | hotel | m hôtel | khách sạn
  place work opens | restaurant | m restaurant | nhà hàng
  place public | beach | f plage | bãi biển
  place public | park | m parc | công viên
  place work opens | library | f bibliothèque | thư viện
  place public | church | f église | nhà thờ
  place work | school | f école | trường học
  place work opens | supermarket | m supermarché | siêu thị
  place opens | cinema | m cinéma | rạp chiếu phim
  place opens work | bakery | f boulangerie | tiệm bánh
  place work | university | f université | trường đại học
  place opens | swimming pool | f piscine | bể bơi
  place opens | theatre | m théâtre | nhà hát
  place | town hall | f mairie | tòa thị chính

  mass drink food diet | coffee | m café | cà phê
  mass drink food diet | tea | m thé | trà
  mass drink food diet | milk | m lait | sữa
  mass drink food | water | f eau | nước
  mass drink food diet | wine | m vin | rượu vang
  mass drink food diet | beer | f bière | bia
  mass food diet dish savoury | meat | f viande | thịt
  mass food diet dish savoury | fish | m poisson | cá
  mass food diet dish savoury | rice | m riz | cơm
  mass food diet dish | bread | m pain | bánh mì
  mass food diet dish savoury | soup | f soupe | súp
  mass food diet dish savoury | chicken | m poulet | thịt gà
  mass food diet dish | cheese | m fromage | pho mát
  mass food diet dish | chocolate | m chocolat | sô cô la
  mass food diet dish | ice cream | f glace | kem
  mass additive food | sugar | m sucre | đường
  mass additive food | salt | m sel | muối
  mass additive food | butter | m beurre | bơ
  mass additive food | honey | m miel | mật ong
  mass additive food | oil | f huile | dầu ăn

  fruit diet | apple | f pomme | quả/táo
  fruit diet | orange | f orange | quả/cam
  fruit diet | banana | f banane | quả/chuối
  fruit diet | tomato/tomatoes | f tomate | quả/cà chua
  fruit diet | potato/potatoes | f pomme de terre/pommes de terre | củ/khoai tây
  fruit diet | egg | m œuf | quả/trứng
  order | coffee | m café | ly/cà phê
  order | tea | m thé | ly/trà
  order | beer | f bière | ly/bia
  order | glass of water/glasses of water | m verre d'eau/verres d'eau | cốc/nước
  order | orange juice | m jus d'orange/jus d'orange | ly/nước cam
  order | sandwich | m sandwich | cái/bánh kẹp
  order | pizza | f pizza | cái/bánh pizza
  order | salad | f salade | đĩa/rau trộn
  order | omelette | f omelette | đĩa/trứng rán
  order | soup | f soupe | bát/súp
  order | bottle of wine/bottles of wine | f bouteille de vin/bouteilles de vin | chai/rượu vang
  order | cake | m gâteau | cái/bánh ngọt

  language mass | French | m français | tiếng Pháp
  language mass | English | m anglais | tiếng Anh
  language mass | Vietnamese | m vietnamien | tiếng Việt
  language mass | German | m allemand | tiếng Đức
  language mass | Spanish | m espagnol | tiếng Tây Ban Nha
  language mass | Italian | m italien | tiếng Ý
  language mass | Japanese | m japonais | tiếng Nhật
  language mass | Chinese | m chinois | tiếng Trung

  body | head | f tête | đầu
  body | back | m dos | lưng
  body | throat | f gorge | họng
  body | stomach | m ventre | bụng
  body | leg | f jambe | chân
  body | arm | m bras | cánh tay
  body | knee | m genou | đầu gối
  body | foot | m pied | bàn chân

  device | shower | f douche | vòi hoa sen
  device | television | f télévision | ti vi
  device | lamp | f lampe | đèn
  device | phone | m téléphone | điện thoại
  device | heating | m chauffage | máy sưởi
  device | computer | m ordinateur | máy tính
  device | lift | m ascenseur | thang máy
  device | fridge | m frigo | tủ lạnh
  device | washing machine | f machine à laver | máy giặt
  supply mass | soap | m savon | xà phòng
  supply mass | hot water | f eau chaude | nước nóng
  supply mass | light | f lumière | đèn
  supply mass | heating | m chauffage | máy sưởi

  vehicle | train | m train | tàu hỏa
  vehicle | bus/buses | m bus | xe buýt
  vehicle | plane | m avion | máy bay
  subject mass | music | f musique | âm nhạc
  subject mass | history | f histoire | lịch sử
  subject mass | sport | m sport | thể thao
  subject mass | art | m art | nghệ thuật
  subject mass | nature | f nature | thiên nhiên
  favourite | colour | f couleur | màu
  favourite | season | f saison | mùa
  feast | birthday | m anniversaire | sinh nhật
  unit | room | f chambre | phòng
  """
