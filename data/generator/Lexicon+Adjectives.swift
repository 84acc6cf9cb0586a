/// Lists, English with comparative, French ("b" before, "a" after the noun), Vietnamese.
let adjectives = """
  size thing | big/bigger | b grand | lớn
  size thing | small/smaller | b petit | nhỏ
  thing | new/newer | b nouveau nouvelle nouveaux nouvel | mới
  thing | old/older | b vieux vieille vieux vieil | cũ
  thing quality | beautiful | b beau belle beaux bel | đẹp
  thing quality excess | expensive | a cher chère | đắt
  thing | cheap/cheaper | a =bon marché | rẻ
  quality excess | heavy/heavier | a lourd | nặng
  quality | light/lighter | a léger légère | nhẹ
  colour | red | a rouge | màu đỏ
  colour | blue | a bleu | màu xanh dương
  colour | green | a vert | màu xanh lá
  colour fur | white | a blanc blanche | màu trắng
  colour fur | black | a noir | màu đen
  colour fur | yellow | a jaune | màu vàng
  colour fur | grey | a gris | màu xám
  colour fur | brown | a =marron | màu nâu
  taste | good/better | b bon bonne | ngon
  taste | cold | a froid | nguội
  taste | hot/hotter | a chaud | nóng
  taste | salty | a salé | mặn
  taste | spicy | a épicé | cay
  mood cause very | tired | a fatigué | mệt
  mood cause very | happy | a heureux heureuse heureux | vui
  mood cause very | sad | a triste | buồn
  mood cause very | busy | a occupé | bận
  mood cause very | worried | a inquiet inquiète | lo lắng
  mood cause very | surprised | a surpris | ngạc nhiên
  mood cause very | pleased | a content | hài lòng
  mood | alone | a seul | ở một mình
  mood | sick | a malade | bị ốm
  trait very compared | tall/taller | a grand | cao
  trait very compared | young/younger | a jeune | trẻ
  trait very compared | intelligent | a intelligent | thông minh
  trait very compared | kind/kinder | a gentil gentille | tốt bụng
  trait very compared | funny/funnier | a drôle | hài hước
  trait very | rich | a riche | giàu
  trait very | famous | a célèbre | nổi tiếng
  trait very compared | serious | a sérieux sérieuse sérieux | nghiêm túc
  comfort | clean | a propre | sạch
  comfort | dirty | a sale | bẩn
  comfort | comfortable | a confortable | thoải mái
  comfort | quiet | a calme | yên tĩnh
  comfort | small | a petit | nhỏ
  comfort | cold | a froid | lạnh
  state | closed | a fermé | đóng cửa
  state | open | a ouvert | mở cửa
  nation | French | a français | người Pháp
  nation | Vietnamese | a vietnamien vietnamienne | người Việt Nam
  nation | English | a anglais | người Anh
  nation | German | a allemand | người Đức
  nation | Spanish | a espagnol | người Tây Ban Nha
  nation | Italian | a italien italienne | người Ý
  nation | Canadian | a canadien canadienne | người Canada
  nation | Japanese | a japonais | người Nhật
  nation | Chinese | a chinois | người Trung Quốc
  job | doctor | a médecin médecin | bác sĩ
  job | teacher | a professeur professeur | giáo viên
  job | nurse | a infirmier infirmière | y tá
  job | student | a étudiant | sinh viên
  job | cook | a cuisinier cuisinière | đầu bếp
  job | engineer | a ingénieur ingénieure | kỹ sư
  job | journalist | a journaliste | nhà báo
  job | lawyer | a avocat | luật sư
  job | dentist | a dentiste | nha sĩ
  job | musician | a musicien musicienne | nhạc sĩ
  job | painter | a peintre | họa sĩ
  job | singer | a chanteur chanteuse | ca sĩ
  """
