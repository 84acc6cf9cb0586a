/// Lists, English, French ("~" before what becomes "de" when denied), Vietnamese.
let activities = """
  leisure | play football | jouer au football | chơi bóng đá
  leisure | play tennis | jouer au tennis | chơi quần vợt
  leisure skill | play chess | jouer aux échecs | chơi cờ vua
  leisure skill | play the piano | jouer du piano | chơi đàn piano
  leisure skill | play the guitar | jouer de la guitare | chơi đàn ghi ta
  leisure | watch television | regarder la télévision | xem ti vi
  leisure | watch films | regarder ~des films | xem phim
  leisure | read books | lire ~des livres | đọc sách
  leisure | read the newspaper | lire le journal | đọc báo
  leisure | listen to music | écouter ~de la musique | nghe nhạc
  leisure | listen to the radio | écouter la radio | nghe đài
  leisure skill | ride a bike | faire ~du vélo | đi xe đạp
  leisure | take photos | prendre ~des photos | chụp ảnh
  leisure skill | dance | danser | khiêu vũ
  leisure skill | swim | nager | bơi
  leisure | write letters | écrire ~des lettres | viết thư
  leisure | learn French | apprendre le français | học tiếng Pháp
  leisure | learn English | apprendre l'anglais | học tiếng Anh
  leisure outing | run in the park | courir dans le parc | chạy bộ trong công viên
  leisure outing | walk in the park | se promener dans le parc | đi dạo trong công viên
  leisure | drink coffee | boire ~du café | uống cà phê
  leisure | drink tea | boire ~du thé | uống trà
  outing | eat at the restaurant | manger au restaurant | ăn ở nhà hàng
  outing | visit the museum | visiter le musée | thăm bảo tàng
  outing | go to the cinema | aller au cinéma | đến rạp chiếu phim
  outing | go to the market | aller au marché | đến chợ
  outing | go to the beach | aller à la plage | đến bãi biển
  outing | go to the theatre | aller au théâtre | đến nhà hát
  outing | go to the library | aller à la bibliothèque | đến thư viện
  outing | go to the swimming pool | aller à la piscine | đến bể bơi
  chore | wash the dishes | faire la vaisselle | rửa bát
  chore | clean the kitchen | nettoyer la cuisine | dọn bếp
  chore | cook dinner | préparer le dîner | nấu bữa tối
  chore | wash the car | laver la voiture | rửa xe
  chore | water the flowers | arroser les fleurs | tưới hoa
  chore | feed the cat | nourrir le chat | cho mèo ăn
  chore | tidy the room | ranger la chambre | dọn phòng
  chore | repair the bike | réparer le vélo | sửa xe đạp
  chore | work in the garden | travailler dans le jardin | làm việc trong vườn
  errand | buy bread | acheter ~du pain | mua bánh mì
  errand | buy flowers | acheter ~des fleurs | mua hoa
  errand | buy vegetables | acheter ~des légumes | mua rau
  errand | do the shopping | faire les courses | đi mua sắm
  errand | call the doctor | appeler le médecin | gọi bác sĩ
  errand | invite friends | inviter ~des amis | mời bạn bè
  daily bed | get up early | se lever tôt | dậy sớm
  daily bed | go to bed late | se coucher tard | đi ngủ muộn
  daily bed return | come home late | rentrer tard | về nhà muộn
  daily anytime return | take the train | prendre le train | đi tàu hỏa
  daily anytime return | take the bus | prendre le bus | đi xe buýt
  daily anytime | work at home | travailler à la maison | làm việc ở nhà
  daily anytime | stay at home | rester à la maison | ở nhà
  daily anytime return | rest at home | se reposer à la maison | nghỉ ngơi ở nhà
  daily anytime return | go to work | aller au travail | đi làm
  daily anytime | eat at home | manger à la maison | ăn ở nhà

  ask | open the window | ouvrir la fenêtre | mở cửa sổ
  ask | close the window | fermer la fenêtre | đóng cửa sổ
  ask | open the door | ouvrir la porte | mở cửa
  ask | close the door | fermer la porte | đóng cửa
  ask | call a taxi | appeler ~un taxi | gọi taxi
  ask | call the doctor | appeler le médecin | gọi bác sĩ
  ask | speak slowly | parler lentement | nói chậm
  ask | wait here | attendre ici | đợi ở đây
  ask | wait in front of the hotel | attendre devant l'hôtel | đợi trước khách sạn
  ask | turn off the light | éteindre la lumière | tắt đèn
  ask | read this letter | lire cette lettre | đọc lá thư này
  ask | repeat the question | répéter la question | nhắc lại câu hỏi
  ask | write the address here | écrire l'adresse ici | viết địa chỉ ở đây
  ask | sing a song | chanter ~une chanson | hát một bài hát
  ban | open the window | ouvrir la fenêtre | mở cửa sổ
  ban | close the door | fermer la porte | đóng cửa
  ban | smoke here | fumer ici | hút thuốc ở đây
  ban | run in the park | courir dans le parc | chạy trong công viên
  ban | speak loudly | parler fort | nói to
  ban | come home late | rentrer tard | về nhà muộn
  ban | swim here | nager ici | bơi ở đây
  ban | take photos here | prendre ~des photos ici | chụp ảnh ở đây
  ban | eat in the library | manger dans la bibliothèque | ăn trong thư viện
  ban | work too much | travailler trop | làm việc quá nhiều

  ability | cook | cuisiner | nấu ăn
  ability | drive | conduire | lái xe
  ability | sing | chanter | hát
  ability | draw | dessiner | vẽ

  wish | want to | vouloir | muốn
  wish | hope to | espérer | hy vọng sẽ
  wish | need to | avoir besoin de | cần
  wish | plan to | avoir l'intention de | dự định
  past | decide to | décider de | quyết định
  past | promise to | promettre de | hứa
  past | forget to | oublier de | quên
  past | try to | essayer de | cố gắng
  past | refuse to | refuser de | từ chối
  opinion | think | penser | nghĩ
  opinion | know | savoir | biết
  opinion | say | dire | nói

  feeling | be hungry | avoir faim | đói
  feeling | be thirsty | avoir soif | khát
  feeling | be cold | avoir froid | thấy lạnh
  feeling | be hot | avoir chaud | thấy nóng
  feeling | be sleepy | avoir sommeil | buồn ngủ
  feeling | be afraid | avoir peur | sợ
  illness | have a fever | avoir ~de la fièvre | bị sốt
  illness | have a cold | avoir ~un rhume | bị cảm
  illness | have the flu | avoir la grippe | bị cúm
  illness | have a headache | avoir mal à la tête | bị đau đầu
  illness | have a toothache | avoir mal aux dents | bị đau răng
  condition | feel better | se sentir mieux | cảm thấy khỏe hơn
  condition | feel well | se sentir bien | cảm thấy khỏe
  remedy | drink a lot of water | boire beaucoup d'eau | uống nhiều nước
  remedy | see a doctor | voir un médecin | đi khám bác sĩ
  remedy | take this medicine | prendre ce médicament | uống thuốc này
  remedy | sleep more | dormir plus | ngủ nhiều hơn
  remedy | eat more vegetables | manger plus de légumes | ăn nhiều rau hơn
  remedy | rest at home | se reposer à la maison | nghỉ ngơi ở nhà
  remedy | stay at home | rester à la maison | ở nhà
  remedy | go to the hospital | aller à l'hôpital | đến bệnh viện
  """
