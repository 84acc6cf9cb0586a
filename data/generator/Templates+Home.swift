/// House, hotel, weather, time of day, dates.
let homeTemplates = """
  @ hotel-room Q=few P=few x20
  I would like a room for {Q} people for {P} nights.
  Je voudrais une chambre pour {Q} personnes pour {P} nuits.
  Tôi muốn một phòng cho {Q} người trong {P} đêm.

  @ hotel-kind R=roomkind F=feature
  I would like {R} {F}, please.
  Je voudrais {R} {F}, s'il vous plaît.
  Cho tôi {R} {F}.

  @ hotel-ask R=roomkind T=soon
  Do you have {R} for {T}?
  Est-ce que vous avez {R} pour {T}?
  Bạn có {R} cho {T} không?

  @ hotel-book S=anyone R=roomkind Q=few x40
  {S} booked {R} for {Q} nights.
  {S} {réserver.past@S} {R} pour {Q} nuits.
  {S} đã đặt {R} trong {Q} đêm.

  @ hotel-price R=roomkind F=feature
  How much is {R} {F}?
  Combien coûte {R} {F}?
  {R} {F} giá bao nhiêu?

  @ supply U=supply R=unit P=pronoun x20
  There is no {U.bare} in {R.my@P}.
  Il n'y a pas {U.no} dans {R.my@P}.
  Không có {U.bare} trong {R.my@P}.

  @ supply-number U=supply Q=number x20
  There is no {U.bare} in room {Q}.
  Il n'y a pas {U.no} dans la chambre {Q}.
  Không có {U.bare} trong phòng {Q}.

  @ device D=device
  {D.the} doesn't work.
  {D.the} ne marche pas.
  {D.the} không hoạt động.

  @ device-room D=device Q=number
  {D.the} in room {Q} doesn't work.
  {D.the} de la chambre {Q} ne marche pas.
  {D.the} ở phòng {Q} không hoạt động.

  @ device-repair D=device
  Could you repair {D.the}, please?
  Pouvez-vous réparer {D.the}, s'il vous plaît?
  Bạn có thể sửa {D.the} được không?

  @ room-is R=unit P=pronoun A=comfort x20
  {R.my@P} is {A}.
  {R.my@P} est {A@R}.
  {R.my@P} {A}.

  @ room-too R=unit P=pronoun A=comfort#cold+comfort#dirty+comfort#small
  {R.my@P} is too {A}.
  {R.my@P} est trop {A@R}.
  {R.my@P} quá {A}.

  @ room-but A=comfort#clean+comfort#comfortable+comfort#quiet B=comfort#small+comfort#cold P=pronoun R=unit
  {R.my@P} is {A}, but it is {B}.
  {R.my@P} est {A@R}, mais elle est {B@R}.
  {R.my@P} {A} nhưng {B}.

  @ room-key S=anyone Q=number
  {S} lost the key of room {Q}.
  {S} {perdre.past@S} la clé de la chambre {Q}.
  {S} đã làm mất chìa khóa phòng {Q}.

  @ house-is B=building P=pronoun A=thing
  {B.my@P} is {A}.
  {B.my@P} est {A@B}.
  {B.my@P} {A}.

  @ house-rooms B=building#house+building#flat P=pronoun Q=few R=unit#room
  There are {Q} {R.plural} in {B.my@P}.
  Il y a {Q} {R.plural} dans {B.my@P}.
  Có {Q} {R.plural} trong {B.my@P}.

  @ meal-time M=eating
  What time is {M}?
  À quelle heure est {M}?
  {M} lúc mấy giờ?

  @ breakfast-at M=eating#breakfast T=morning
  {M} is at {T}.
  {M} est à {T}.
  {M} lúc {T}.

  @ dinner-at M=eating#dinner T=evening
  {M} is at {T}.
  {M} est à {T}.
  {M} lúc {T}.

  @ wake T=morning
  Could you wake me at {T}, please?
  Pouvez-vous me réveiller à {T}, s'il vous plaît?
  Bạn có thể đánh thức tôi lúc {T} được không?

  @ o-clock T=clock
  It is {T}.
  Il est {T}.
  Bây giờ là {T}.

  @ o-clock-already T=clock
  It is already {T}.
  Il est déjà {T}.
  Đã {T} rồi.

  @ day-today D=day O=calendar M=month
  Today is {D} the {O} of {M}.
  Nous sommes le {D} {O} {M}.
  Hôm nay là {D} ngày {O} {M}.

  @ birthday-on P=pronoun O=calendar M=month B=feast x40
  {B.my@P} is on the {O} of {M}.
  {B.my@P} est le {O} {M}.
  {B.my@P} là ngày {O} {M}.

  @ birthday-in P=pronoun+name+relative#my_brother M=month B=feast
  {B.my@P} is in {M}.
  {B.my@P} est en {M}.
  {B.my@P} vào {M}.

  @ birthday-when P=yours+name B=feast
  When is {B.my@P}?
  Quand est {B.my@P}?
  {B.my@P} là khi nào?

  @ arrive-month S=anyone O=calendar M=month x40
  {S} {be@S} arriving on the {O} of {M}.
  {S} {arriver@S} le {O} {M}.
  {S} sẽ đến vào ngày {O} {M}.

  @ favourite-colour P=pronoun+name N=favourite#colour A=colour x26
  {N.favourite@P} is {A}.
  {N.favourite@P} est le {A}.
  {N.favourite@P} là {A}.

  @ favourite-season P=pronoun+name N=favourite#season A=season
  {N.favourite@P} is {A}.
  {N.favourite@P} est {A.1}.
  {N.favourite@P} là {A}.

  @ weather W=weather C=city x26
  {W} in {C} today.
  {W} à {C} aujourd'hui.
  Hôm nay ở {C} {W}.

  @ weather-warm W=fine C=city+land S=warm x26
  {W} in {C} in {S}.
  {W} {C.2} {S.2}.
  Vào {S} ở {C} {W}.

  @ weather-bleak W=rough C=city+land S=bleak
  {W} in {C} in {S}.
  {W} {C.2} {S.2}.
  Vào {S} ở {C} {W}.

  @ weather-past W=weather C=city+land T=was x40
  {W.2} in {C} {T}.
  {W.2} {C.2} {T}.
  {T} ở {C} {W}.

  @ weather-forecast F=forecast C=city+land T=soon x40
  It is going to {F} in {C} {T}.
  Il va {F} {C.2} {T}.
  {T} ở {C} trời sẽ {F}.

  @ forecast-ask F=forecast T=soon
  Is it going to {F} {T}?
  Est-ce qu'il va {F} {T}?
  {T} trời có {F.2} không?

  @ weather-ask C=city+land T=was x20
  How was the weather in {C} {T}?
  Quel temps faisait-il {C.2} {T}?
  {T} thời tiết ở {C} thế nào?

  @ if-rain F=forecast S=anyone V=leisure+chore+anytime T=soon#tomorrow+soon#tomorrow_morning+soon#tonight x44
  If {F.2} {T}, {S} {be@S} going to {V}.
  Si {F.2} {T}, {S} {V.future@S}.
  Nếu {T} trời {F}, {S} sẽ {V}.

  @ rain-so W=sky S=anyone V=outing
  {W}, so {S} can't {V}.
  {W}, donc {S} ne {pouvoir@S} pas {V.baseNot@S}.
  {W} nên {S} không thể {V}.

  @ rain-but W=weather S=anyone V=outing
  {W}, but {S} {want@S} to {V}.
  {W}, mais {S} {vouloir@S} {V.base@S}.
  {W} nhưng {S} muốn {V}.
  """
