/// Lists, English, French, Vietnamese; variants of one phrase stand between slashes.
let phrases = """
  was recent | yesterday | hier | hôm qua
  was recent | last night | hier soir | tối qua
  was recent | last week | la semaine dernière | tuần trước
  was | last month | le mois dernier | tháng trước
  was | last year | l'année dernière | năm ngoái
  was | last summer | l'été dernier | mùa hè năm ngoái
  was recent | two days ago | il y a deux jours | hai ngày trước
  was recent | yesterday morning | hier matin | sáng hôm qua
  soon | tomorrow | demain | ngày mai
  soon | tonight | ce soir | tối nay
  soon | next week | la semaine prochaine | tuần sau
  soon | this weekend | ce week-end | cuối tuần này
  soon | tomorrow morning | demain matin | sáng mai
  soon | this afternoon | cet après-midi | chiều nay
  later | next month | le mois prochain | tháng sau
  later | next year | l'année prochaine | năm sau
  later | next summer | l'été prochain | mùa hè năm sau
  later | next week | la semaine prochaine | tuần sau
  usual | every day | tous les jours | mỗi ngày
  usual | every morning | tous les matins | mỗi sáng
  usual | every evening | tous les soirs | mỗi tối
  usual | every week | toutes les semaines | mỗi tuần
  usual | on Sundays | le dimanche | vào chủ nhật
  usual | on Saturdays | le samedi | vào thứ bảy
  often | often | souvent | thường
  often | always | toujours | luôn
  often | sometimes | parfois | thỉnh thoảng
  often | rarely | rarement | hiếm khi
  since | since yesterday | depuis hier | từ hôm qua
  since | since this morning | depuis ce matin | từ sáng nay
  since | since Monday | depuis lundi | từ thứ hai
  since | for three days | depuis trois jours | ba ngày nay
  since | for a week | depuis une semaine | một tuần nay
  since | for a month | depuis un mois | một tháng nay

  day | Monday | lundi | thứ hai
  day | Tuesday | mardi | thứ ba
  day | Wednesday | mercredi | thứ tư
  day | Thursday | jeudi | thứ năm
  day | Friday | vendredi | thứ sáu
  day | Saturday | samedi | thứ bảy
  day | Sunday | dimanche | chủ nhật
  month | January | janvier | tháng một
  month | February | février | tháng hai
  month | March | mars | tháng ba
  month | April | avril | tháng tư
  month | May | mai | tháng năm
  month | June | juin | tháng sáu
  month | July | juillet | tháng bảy
  month | August | août | tháng tám
  month | September | septembre | tháng chín
  month | October | octobre | tháng mười
  month | November | novembre | tháng mười một
  month | December | décembre | tháng mười hai
  season warm | spring | le printemps / au printemps | mùa xuân
  season warm | summer | l'été / en été | mùa hè
  season bleak | autumn | l'automne / en automne | mùa thu
  season bleak | winter | l'hiver / en hiver | mùa đông

  few dose | two | deux | hai
  few dose | three | trois | ba
  few age dose | four | quatre | bốn
  few age | five | cinq | năm
  few age | six | six | sáu
  few age | seven | sept | bảy
  few age | eight | huit | tám
  few age | nine | neuf | chín
  few number age | ten | dix | mười
  number age | twelve | douze | mười hai
  number age | fifteen | quinze | mười lăm
  number age | twenty | vingt | hai mươi
  number age | twenty-five | vingt-cinq | hai mươi lăm
  number age | thirty | trente | ba mươi
  number age | thirty-five | trente-cinq | ba mươi lăm
  number age | forty | quarante | bốn mươi
  number | fifty | cinquante | năm mươi
  number ripe | sixty | soixante | sáu mươi
  number ripe | seventy | soixante-dix | bảy mươi
  number ripe | eighty | quatre-vingts | tám mươi
  number ripe | ninety | quatre-vingt-dix | chín mươi

  city town europe | Paris | Paris / à Paris | Paris
  city town europe | Lyon | Lyon / à Lyon | Lyon
  city town europe | London | Londres / à Londres | Luân Đôn
  city | Hanoi | Hanoï / à Hanoï | Hà Nội
  city town europe | Rome | Rome / à Rome | Rome
  city town europe | Berlin | Berlin / à Berlin | Berlin
  city | Tokyo | Tokyo / à Tokyo | Tokyo
  city town europe | Madrid | Madrid / à Madrid | Madrid
  land europe | France | la France / en France | Pháp
  land | Vietnam | le Vietnam / au Vietnam | Việt Nam
  land europe | Italy | l'Italie / en Italie | Ý
  land europe | Spain | l'Espagne / en Espagne | Tây Ban Nha
  land europe | Germany | l'Allemagne / en Allemagne | Đức
  land europe | England | l'Angleterre / en Angleterre | Anh
  land | Japan | le Japon / au Japon | Nhật Bản
  land | Canada | le Canada / au Canada | Canada

  near | next to | à côté de | bên cạnh
  near | behind | derrière | phía sau
  near | in front of | devant | phía trước
  near | opposite | en face de | đối diện
  near | near | près de | gần
  near | to the left of | à gauche de | bên trái
  near | to the right of | à droite de | bên phải
  spot | on the table | sur la table | trên bàn
  spot | under the table | sous la table | dưới bàn
  spot | on the chair | sur la chaise | trên ghế
  spot | under the chair | sous la chaise | dưới ghế
  spot | on the bed | sur le lit | trên giường
  spot | under the bed | sous le lit | dưới giường
  spot | in the car | dans la voiture | trong ô tô
  spot | in the kitchen | dans la cuisine | trong bếp
  spot | in the garden | dans le jardin | trong vườn
  spot | in the bedroom | dans la chambre | trong phòng ngủ
  spot | in front of the door | devant la porte | trước cửa
  turn | turn left | tournez à gauche | rẽ trái
  turn | turn right | tournez à droite | rẽ phải
  turn | cross the street | traversez la rue | qua đường
  by | by bus | en bus | bằng xe buýt
  by | by train | en train | bằng tàu hỏa
  by | by car | en voiture | bằng ô tô
  by | by bike | à vélo | bằng xe đạp
  by | by taxi | en taxi | bằng taxi
  far | by train | en train | bằng tàu hỏa
  far | by plane | en avion | bằng máy bay
  far | by car | en voiture | bằng ô tô
  far | by bus | en bus | bằng xe buýt

  weather fine | it is sunny / it was sunny | il y a du soleil / il y avait du soleil | trời nắng
  weather rough | it is windy / it was windy | il y a du vent / il y avait du vent | trời có gió
  weather rough | it is cold / it was cold | il fait froid / il faisait froid | trời lạnh
  weather fine | it is hot / it was hot | il fait chaud / il faisait chaud | trời nóng
  weather fine | it is cool / it was cool | il fait frais / il faisait frais | trời mát
  weather rough | it is foggy / it was foggy | il y a du brouillard / il y avait du brouillard | trời có sương mù
  weather fine | the weather is nice / the weather was nice | il fait beau / il faisait beau | trời đẹp
  weather rough sky | it is raining / it rained | il pleut / il a plu | trời mưa
  weather rough sky | it is snowing / it snowed | il neige / il a neigé | trời có tuyết
  forecast | rain / it rains | pleuvoir / il pleut | mưa
  forecast | snow / it snows | neiger / il neige | có tuyết / tuyết
  forecast | be cold / it is cold | faire froid / il fait froid | lạnh
  forecast | be hot / it is hot | faire chaud / il fait chaud | nóng
  forecast | be windy / it is windy | y avoir du vent / il y a du vent | có gió / gió

  wished | Have a nice day | Bonne journée | một ngày tốt lành
  wished | Have a nice evening | Bonne soirée | một buổi tối vui vẻ
  wished | Have a nice weekend | Bon week-end | một cuối tuần vui vẻ
  wished | Have a good trip | Bon voyage | một chuyến đi vui vẻ
  wished | Have a nice holiday | Bonnes vacances | một kỳ nghỉ vui vẻ
  parting | tomorrow | demain | vào ngày mai
  parting | tonight | ce soir | vào tối nay
  parting | next week | la semaine prochaine | vào tuần sau
  parting | on Monday | lundi | vào thứ hai
  parting | on Saturday | samedi | vào thứ bảy
  thanks | your help | votre aide | sự giúp đỡ của bạn
  thanks | your letter | votre lettre | lá thư của bạn
  thanks | your invitation | votre invitation | lời mời của bạn
  thanks | your message | votre message | tin nhắn của bạn
  thanks | your advice | vos conseils | lời khuyên của bạn
  thanks | your patience | votre patience | sự kiên nhẫn của bạn
  thanks | the coffee | le café | ly cà phê
  thanks | the gift | le cadeau | món quà
  thanks | the flowers | les fleurs | những bông hoa
  thanks | the dinner | le dîner | bữa tối

  look | blue eyes | les yeux bleus | mắt xanh
  look | brown eyes | les yeux marron | mắt nâu
  look | black eyes | les yeux noirs | mắt đen
  look | short hair | les cheveux courts | tóc ngắn
  look | long hair | les cheveux longs | tóc dài
  look | black hair | les cheveux noirs | tóc đen
  look | white hair | les cheveux blancs | tóc bạc
  look | blond hair | les cheveux blonds | tóc vàng
  roomkind | a single room | une chambre simple | một phòng đơn
  roomkind | a double room | une chambre double | một phòng đôi
  roomkind | a quiet room | une chambre calme | một phòng yên tĩnh
  roomkind | a big room | une grande chambre | một phòng lớn
  feature | with a shower | avec douche | có vòi hoa sen
  feature | with a balcony | avec balcon | có ban công
  feature | with breakfast | avec petit-déjeuner | có bữa sáng
  feature | with a view of the sea | avec vue sur la mer | nhìn ra biển
  around | before | avant | trước
  around | after | après | sau
  eating | breakfast | le petit-déjeuner | bữa sáng
  eating | lunch | le déjeuner | bữa trưa
  eating | dinner | le dîner | bữa tối
  event | meeting | réunion | cuộc họp
  extra | with milk | avec du lait | với sữa
  extra | with sugar | avec du sucre | với đường
  extra | with honey | avec du miel | với mật ong
  extra | without milk | sans lait | không sữa
  extra | without sugar | sans sucre | không đường
  """
