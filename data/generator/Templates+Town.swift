/// Directions, transport, travel.
let townTemplates = """
  @ where P=place
  Where is {P.the}, please?
  Où est {P.the}, s'il vous plaît?
  Xin hỏi, {P.the} ở đâu?

  @ where-nearest P=place
  Where is the nearest {P.bare}?
  Où est {P.the} {P.closest}?
  {P.the} gần nhất ở đâu?

  @ how-to-get P=place
  How do I get to {P.the}?
  Comment aller à {P.the}?
  Làm thế nào để đến {P.the}?

  @ how-to-get-by P=place B=by x26
  Can I go to {P.the} {B}?
  Est-ce que je peux aller à {P.the} {B}?
  Tôi có thể đến {P.the} {B} không?

  @ located P=place R=near Q=place x44
  {P.the} is {R} {Q.the}.
  {P.the} est {R} {Q.the}.
  {P.the} nằm {R} {Q.the}.

  @ located-ask P=place R=near Q=place x26
  Is {P.the} {R} {Q.the}?
  Est-ce que {P.the} est {R} {Q.the}?
  {P.the} có nằm {R} {Q.the} không?

  @ between P=place Q=place R=place
  {P.the} is between {Q.the} and {R.the}.
  {P.the} est entre {Q.the} et {R.the}.
  {P.the} nằm giữa {Q.the} và {R.the}.

  @ there-is-place P=place R=near Q=place
  There is {P.a} {R} {Q.the}.
  Il y a {P.a} {R} {Q.the}.
  Có {P.a} {R} {Q.the}.

  @ far-ask P=place
  Is {P.the} far from here?
  Est-ce que {P.the} est loin d'ici?
  {P.the} có xa đây không?

  @ far-not P=place
  {P.the} isn't far from here.
  {P.the} n'est pas loin d'ici.
  {P.the} không xa đây.

  @ near-ask P=place
  Is there {P.a} near here?
  Est-ce qu'il y a {P.a} près d'ici?
  Gần đây có {P.bare} nào không?

  @ none-near P=place
  There is no {P.bare} near here.
  Il n'y a pas {P.noOne} près d'ici.
  Gần đây không có {P.bare} nào.

  @ minutes P=place Q=few+number
  {P.the} is {Q} minutes from here on foot.
  {P.the} est à {Q} minutes d'ici à pied.
  {P.the} cách đây {Q} phút đi bộ.

  @ minutes-from P=place Q=place N=few+number B=by
  {P.the} is {N} minutes from {Q.the} {B}.
  {P.the} est à {N} minutes de {Q.the} {B}.
  {P.the} cách {Q.the} {N} phút đi {B}.

  @ turn-after T=turn P=place x26
  {T} after {P.the}.
  {T} après {P.the}.
  {T} sau khi qua {P.the}.

  @ straight-turn T=turn P=place x26
  Go straight on, then {T} after {P.the}.
  Allez tout droit, puis {T} après {P.the}.
  Đi thẳng rồi {T} sau khi qua {P.the}.

  @ straight P=place
  Go straight on to {P.the}.
  Allez tout droit jusque à {P.the}.
  Đi thẳng đến {P.the}.

  @ take V=vehicle#bus+vehicle#train P=place x20
  Take {V.the} to {P.the}.
  Prenez {V.the} jusque à {P.the}.
  Hãy đi {V.bare} đến {P.the}.

  @ does-go V=vehicle#bus+vehicle#train P=place x20
  Does {V.this} go to {P.the}?
  Est-ce que {V.this} va à {P.the}?
  {V.this} có đi đến {P.the} không?

  @ looking-for P=place
  Excuse me, I am looking for {P.the}.
  Excusez-moi, je cherche {P.the}.
  Xin lỗi, tôi đang tìm {P.the}.

  @ go-by S=anyone P=place B=by x44
  {S} {go@S} to {P.the} {B}.
  {S} {aller@S} à {P.the} {B}.
  {S} đến {P.the} {B}.

  @ go-past S=anyone P=place T=was x44
  {S} went to {P.the} {T}.
  {S} {aller.past@S} à {P.the} {T}.
  {T} {S} đã đến {P.the}.

  @ go-past-with S=anyone P=place K=relative T=was x44
  {S} went to {P.the} with {K} {T}.
  {S} {aller.past@S} à {P.the} avec {K} {T}.
  {T} {S} đã đến {P.the} với {K}.

  @ go-past-not S=anyone P=place T=was x40
  {S} didn't go to {P.the} {T}.
  {S} {aller.pastNot@S} à {P.the} {T}.
  {T} {S} không đến {P.the}.

  @ go-past-ask S=asked P=place T=was
  Did {S} go to {P.the} {T}?
  Est-ce que {S} {aller.past@S} à {P.the} {T}?
  {T} {S} có đến {P.the} không?

  @ go-future S=anyone P=place T=soon x44
  {S} {be@S} going to go to {P.the} {T}.
  {S} {aller.future@S} à {P.the} {T}.
  {T} {S} sẽ đến {P.the}.

  @ must-go S=anyone P=place x26
  {S} must go to {P.the}.
  {S} {devoir@S} aller à {P.the}.
  {S} phải đến {P.the}.

  @ where-go S=asked T=was
  Where did {S} go {T}?
  Où est-ce que {S} {aller.past@S} {T}?
  {T} {S} đã đi đâu?

  @ where-going S=asked T=soon
  Where {be@S} {S} going to go {T}?
  Où est-ce que {S} {aller.future@S} {T}?
  {T} {S} sẽ đi đâu?

  @ wait-at S=anyone T=other P=place x40
  {S} {be@S} waiting for {T} in front of {P.the}.
  {S} {attendre@S} {T} devant {P.the}.
  {S} đang đợi {T} trước {P.the}.

  @ wait-for S=other T=pronoun P=place x40
  {S} {be@S} waiting for {T.object} in front of {P.the}.
  {S} {T.direct} {attendre@S} devant {P.the}.
  {S} đang đợi {T.object} trước {P.the}.

  @ meet-at T=clock P=place
  Let's meet at {T} in front of {P.the}.
  Retrouvons-nous à {T} devant {P.the}.
  Hãy gặp nhau lúc {T} trước {P.the}.

  @ opens P=opens T=morning
  {P.the} opens at {T}.
  {P.the} ouvre à {T}.
  {P.the} mở cửa lúc {T}.

  @ closes P=opens T=afternoon+evening x26
  {P.the} closes at {T}.
  {P.the} ferme à {T}.
  {P.the} đóng cửa lúc {T}.

  @ opens-ask P=opens
  What time does {P.the} open?
  À quelle heure est-ce que {P.the} ouvre?
  {P.the} mở cửa lúc mấy giờ?

  @ closes-ask P=opens
  What time does {P.the} close?
  À quelle heure est-ce que {P.the} ferme?
  {P.the} đóng cửa lúc mấy giờ?

  @ state-day P=opens A=state D=day x26
  {P.the} is {A} on {D}s.
  {P.the} est {A@P} le {D}.
  {P.the} {A} vào {D}.

  @ state-ask P=opens A=state D=day x26
  Is {P.the} {A} on {D}s?
  Est-ce que {P.the} est {A@P} le {D}?
  {P.the} có {A} vào {D} không?

  @ ticket C=city
  A ticket to {C}, please.
  Un billet pour {C}, s'il vous plaît.
  Cho tôi một vé đi {C}.

  @ tickets Q=few C=city D=day x26
  {Q} tickets to {C} for {D}, please.
  {Q} billets pour {C} pour {D}, s'il vous plaît.
  Cho tôi {Q} vé đi {C} vào {D}.

  @ train-leaves V=vehicle C=town T=clock x40
  {V.the} to {C} leaves at {T}.
  {V.the} pour {C} {partir@V} à {T}.
  {V.the} đi {C} khởi hành lúc {T}.

  @ train-arrives V=vehicle C=town T=clock x40
  {V.the} from {C} arrives at {T}.
  {V.the} de {C} {arriver@V} à {T}.
  {V.the} từ {C} đến nơi lúc {T}.

  @ train-ask V=vehicle C=town
  What time does {V.the} to {C} leave?
  À quelle heure est-ce que {V.the} pour {C} {partir@V}?
  {V.the} đi {C} khởi hành lúc mấy giờ?

  @ train-late V=vehicle C=town Q=few+number x26
  {V.the} from {C} is {Q} minutes late.
  {V.the} de {C} a {Q} minutes de retard.
  {V.the} từ {C} đến muộn {Q} phút.

  @ missed S=anyone V=vehicle#train+vehicle#bus T=recent
  {S} missed {V.the} {T}.
  {S} {rater.past@S} {V.the} {T}.
  {T} {S} đã bị lỡ chuyến {V.bare}.

  @ duration C=town F=far
  How long does it take to go to {C} {F}?
  Combien de temps faut-il pour aller à {C} {F}?
  Đi {C} {F} mất bao lâu?

  @ went-city S=anyone C=europe F=far T=was x44
  {S} went to {C} {F} {T}.
  {S} {aller.past@S} {C.2} {F} {T}.
  {T} {S} đã đi {C} {F}.

  @ will-travel S=anyone C=city+land T=later x40
  {S} {be@S} going to travel to {C} {T}.
  {S} {voyager.future@S} {C.2} {T}.
  {T} {S} sẽ đi du lịch {C}.

  @ never-been S=anyone C=city+land
  {S} {have@S} never been to {C}.
  {S} {aller.pastNever@S} {C.2}.
  {S} chưa bao giờ đến {C}.

  @ ever-been S=asked C=city+land
  {have@S} {S} ever been to {C}?
  Est-ce que {S} {aller.pastEver@S} {C.2}?
  {S} đã bao giờ đến {C} chưa?

  @ stayed S=anyone C=city+land Q=few x40
  {S} stayed in {C} for {Q} days.
  {S} {rester.past@S} {Q} jours {C.2}.
  {S} đã ở {C} {Q} ngày.

  @ like-land S=anyone C=city+land x26
  {S} {like@S} {C} very much.
  {S} {aimer@S} beaucoup {C}.
  {S} rất thích {C}.

  @ dream S=anyone C=city+land x26
  {S} {want@S} to live in {C}.
  {S} {vouloir@S} vivre {C.2}.
  {S} muốn sống ở {C}.

  @ leave-for S=anyone C=city T=soon
  {S} {be@S} leaving for {C} {T}.
  {S} {partir@S} pour {C} {T}.
  {T} {S} sẽ đi {C}.
  """
