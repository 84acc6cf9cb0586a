/// Work, health, hobbies, habits, plans, the past, opinions, requests.
let lifeTemplates = """
  @ speak S=anyone L=language
  {S} {speak@S} {L.bare}.
  {S} {parler@S} {L.bare}.
  {S} nói {L.bare}.

  @ speak-not S=anyone L=language
  {S} {speak.not@S} {L.bare}.
  {S} {parler.not@S} {L.bare}.
  {S} không nói {L.bare}.

  @ speak-ask S=asked L=language
  {do@S} {S} speak {L.bare}?
  Est-ce que {S} {parler@S} {L.bare}?
  {S} có nói {L.bare} không?

  @ speak-little S=anyone L=language x26
  {S} {speak@S} a little {L.bare}.
  {S} {parler@S} un peu {L.bare}.
  {S} nói được một chút {L.bare}.

  @ speak-well S=anyone L=language M=language x40
  {S} {speak@S} {L.bare} well, but {S.pronoun} {understand.not@S} {M.bare}.
  {S} {parler@S} bien {L.the}, mais {S.pronoun} ne {comprendre@S} pas {M.the}.
  {S} nói giỏi {L.bare} nhưng không hiểu {M.bare}.

  @ learn S=anyone L=language Q=few x40
  {S} {have@S} been learning {L.bare} for {Q} months.
  {S} {apprendre@S} {L.the} depuis {Q} mois.
  {S} học {L.bare} được {Q} tháng rồi.

  @ learn-why S=yours+name L=language
  Why {be@S} {S} learning {L.bare}?
  Pourquoi est-ce que {S} {apprendre@S} {L.the}?
  Tại sao {S} học {L.bare}?

  @ work-at S=anyone P=work
  {S} {work@S} in {P.a}.
  {S} {travailler@S} dans {P.a}.
  {S} làm việc trong {P.a}.

  @ work-from S=anyone T=morning U=afternoon x40
  {S} {work@S} from {T} to {U}.
  {S} {travailler@S} de {T} à {U}.
  {S} làm việc từ {T} đến {U}.

  @ work-start S=anyone T=morning U=usual#every_day+usual#on_Saturdays+usual#on_Sundays
  {S} {start@S} work at {T} {U}.
  {S} {commencer@S} le travail à {T} {U}.
  {U} {S} bắt đầu làm việc lúc {T}.

  @ work-with S=anyone T=relative+name x26
  {S} {work@S} with {T}.
  {S} {travailler@S} avec {T}.
  {S} làm việc với {T}.

  @ where-work S=asked
  Where {do@S} {S} work?
  Où est-ce que {S} {travailler@S}?
  {S} làm việc ở đâu?

  @ meeting S=anyone D=day T=clock x40
  {S} {have@S} a meeting on {D} at {T}.
  {S} {avoir@S} une réunion {D} à {T}.
  Vào {D} lúc {T} {S} có một cuộc họp.

  @ appointment S=anyone J=job#doctor+job#dentist+job#lawyer D=day x40
  {S} {have@S} an appointment with the {J} on {D}.
  {S} {avoir@S} rendez-vous chez le {J} {D}.
  {S} có hẹn với {J} vào {D}.

  @ wrote S=anyone M=mail+carried#letter K=relative T=recent x44
  {S} wrote {M.a} to {K} {T}.
  {S} {écrire.past@S} {M.a} à {K} {T}.
  {T} {S} đã viết {M.a} cho {K}.

  @ sent S=other M=mail+carried#letter P=pronoun
  {S} sent {P.object} {M.a}.
  {S} {P.indirect} {envoyer.past@S} {M.a}.
  {S} đã gửi cho {P.object} {M.a}.

  @ busy S=pronoun T=soon A=mood#busy+mood#tired+mood#sick x40
  {S} can't come {T} because {S} {be@S} {A}.
  {S} ne {pouvoir@S} pas venir {T} parce que {S} {être@S} {A@S}.
  {T} {S} không thể đến vì {S} {A}.

  @ so-tired S=anyone A=mood#tired+mood#sick V=daily#stay_at_home+daily#rest_at_home+leisure x40
  {S} {be@S} {A}, but {S.pronoun} {want@S} to {V}.
  {S} {être@S} {A@S}, mais {S.pronoun} {vouloir@S} {V.base@S}.
  {S} {A} nhưng {S.pronoun} muốn {V}.

  @ hurts P=pronoun B=body
  {B.my@P} hurts.
  {P} {avoir@P} mal à {B.the}.
  {P} bị đau {B.bare}.

  @ hurts-since P=pronoun B=body T=since
  {B.my@P} has hurt {T}.
  {P} {avoir@P} mal à {B.the} {T}.
  {P} bị đau {B.bare} {T}.

  @ ill S=anyone I=illness
  {S} {I@S}.
  {S} {I@S}.
  {S} {I}.

  @ ill-since S=anyone I=illness T=since x40
  {S} {have@S} had {I.rest} {T}.
  {S} {I@S} {T}.
  {S} {I} {T}.

  @ ill-ask S=asked I=illness x26
  {do@S} {S} {I}?
  Est-ce que {S} {I@S}?
  {S} có {I} không?

  @ better S=anyone C=condition x26
  {S} {C@S} today.
  {S} {C@S} aujourd'hui.
  Hôm nay {S} {C}.

  @ should S=anyone R=remedy x44
  {S} should {R}.
  {S} {devoir.conditional@S} {R.base@S}.
  {S} nên {R}.

  @ ill-should S=pronoun I=illness R=remedy x40
  {S} {I@S}, so {S} should {R}.
  {S} {I@S}, donc {S} {devoir.conditional@S} {R.base@S}.
  {S} {I} nên {S} phải {R}.

  @ medicine Q=dose M=eating W=around
  Take this medicine {Q} times a day {W} {M}.
  Prenez ce médicament {Q} fois par jour {W} {M}.
  Hãy uống thuốc này {Q} lần một ngày {W} {M}.

  @ likes S=anyone V=leisure+ability x48
  {S} {like@S} {V.ing}.
  {S} {aimer@S} {V.base@S}.
  {S} thích {V}.

  @ likes-not S=anyone V=leisure+ability x44
  {S} {like.not@S} {V.ing}.
  {S} {aimer.not@S} {V.base@S}.
  {S} không thích {V}.

  @ likes-ask S=asked V=leisure+ability x40
  {do@S} {S} like {V.ing}?
  Est-ce que {S} {aimer@S} {V.base@S}?
  {S} có thích {V} không?

  @ likes-but S=anyone T=other V=leisure W=leisure x44
  {S} {like@S} {V.ing}, but {T} {prefer@T} {W.ing}.
  {S} {aimer@S} {V.base@S}, mais {T} {préférer@T} {W.base@T}.
  {S} thích {V} nhưng {T} thích {W} hơn.

  @ skill S=anyone V=skill+ability
  {S} {know@S} how to {V}.
  {S} {savoir@S} {V.base@S}.
  {S} biết {V}.

  @ skill-not S=anyone V=skill+ability
  {S} {know.not@S} how to {V}.
  {S} {savoir.not@S} {V.base@S}.
  {S} không biết {V}.

  @ skill-ask S=asked V=skill+ability x26
  {do@S} {S} know how to {V}?
  Est-ce que {S} {savoir@S} {V.base@S}?
  {S} có biết {V} không?

  @ habit S=anyone V=leisure+outing+daily T=usual x66
  {S} {V@S} {T}.
  {S} {V@S} {T}.
  {T} {S} {V}.

  @ habit-often S=anyone F=often V=leisure+outing+daily x66
  {S} {F} {V@S}.
  {S} {V.verb@S} {F} {V.rest}.
  {S} {F} {V}.

  @ habit-never S=anyone V=leisure+outing+daily x53
  {S} never {V@S}.
  {S} {V.never@S}.
  {S} không bao giờ {V}.

  @ habit-ask S=asked V=leisure+outing+daily T=usual x48
  {do@S} {S} {V} {T}?
  Est-ce que {S} {V@S} {T}?
  {T} {S} có {V} không?

  @ habit-why S=asked V=leisure+outing+daily T=usual x40
  Why {do@S} {S} {V} {T}?
  Pourquoi est-ce que {S} {V@S} {T}?
  Tại sao {T} {S} {V}?

  @ now S=anyone V=leisure+chore x53
  {S} {be@S} {V.ing} at the moment.
  {S} {V@S} en ce moment.
  Bây giờ {S} đang {V}.

  @ now-while S=relative T=relative V=leisure+chore W=leisure+chore x44
  {S} is {V.ing} while {T} is {W.ing}.
  {S} {V@S} pendant que {T} {W@T}.
  {S} đang {V} trong khi {T} đang {W}.

  @ past S=anyone V=leisure+outing+chore+errand+anytime T=recent x79
  {S} {V.past} {T}.
  {S} {V.past@S} {T}.
  {T} {S} đã {V}.

  @ past-not S=anyone V=leisure+outing+chore+errand+anytime T=recent x62
  {S} {V.pastNot} {T}.
  {S} {V.pastNot@S} {T}.
  {T} {S} không {V}.

  @ past-ask S=asked V=leisure+outing+chore+errand+anytime T=recent x57
  Did {S} {V} {T}?
  Est-ce que {S} {V.past@S} {T}?
  {T} {S} có {V} không?

  @ past-bed S=anyone V=bed T=recent#yesterday+recent#two_days_ago+recent#last_week
  {S} {V.past} {T}.
  {S} {V.past@S} {T}.
  {T} {S} đã {V}.

  @ past-bed-not S=anyone V=bed T=recent#yesterday+recent#two_days_ago+recent#last_week
  {S} {V.pastNot} {T}.
  {S} {V.pastNot@S} {T}.
  {T} {S} không {V}.

  @ past-when S=asked V=outing+chore+errand x40
  When did {S} {V}?
  Quand est-ce que {S} {V.past@S}?
  {S} đã {V} khi nào?

  @ past-who V=outing+chore+errand T=recent W=who
  Who {V.past} {T}?
  Qui {V.past@W} {T}?
  {T} ai đã {V}?

  @ past-before S=anyone V=leisure+outing+chore W=outing+errand+return x44
  {S} {V.past} before {W.ing}.
  {S} {V.past@S} avant de {W.base@S}.
  {S} đã {V} trước khi {W}.

  @ past-what S=asked T=recent
  What did {S} do {T}?
  Qu'est-ce que {S} {faire.past@S} {T}?
  {T} {S} đã làm gì?

  @ past-decided S=anyone P=past V=outing+errand+chore+anytime x53
  {S} {P.past} {V}.
  {S} {P.past@S} {V.base@S}.
  {S} đã {P} {V}.

  @ plan S=anyone V=leisure+outing+chore+errand+anytime T=soon x66
  {S} {be@S} going to {V} {T}.
  {S} {V.future@S} {T}.
  {T} {S} sẽ {V}.

  @ plan-not S=anyone V=leisure+outing+chore+errand+anytime T=soon x48
  {S} {be.not@S} going to {V} {T}.
  {S} {V.futureNot@S} {T}.
  {T} {S} sẽ không {V}.

  @ plan-what S=asked T=soon+later
  What {be@S} {S} going to do {T}?
  Qu'est-ce que {S} {faire.future@S} {T}?
  {T} {S} sẽ làm gì?

  @ wish S=anyone M=wish V=leisure+outing+chore+errand+anytime T=soon x62
  {S} {M@S} {V} {T}.
  {S} {M@S} {V.base@S} {T}.
  {T} {S} {M} {V}.

  @ want-not S=anyone V=leisure+outing+chore+errand x44
  {S} {want.not@S} to {V}.
  {S} {vouloir.not@S} {V.baseNot@S}.
  {S} không muốn {V}.

  @ can-not S=anyone V=leisure+outing+chore+errand T=soon x44
  {S} {can.not@S} {V} {T}.
  {S} {pouvoir.not@S} {V.baseNot@S} {T}.
  {T} {S} không thể {V}.

  @ wish-ask S=asked V=leisure+outing+chore+errand T=soon x48
  {do@S} {S} want to {V} {T}?
  Est-ce que {S} {vouloir@S} {V.base@S} {T}?
  {T} {S} có muốn {V} không?

  @ would-like S=anyone V=leisure+outing x40
  {S} would like to {V}.
  {S} {aimer.conditional@S} {V.base@S}.
  {S} rất muốn {V}.

  @ must S=anyone V=chore+errand+anytime T=soon x48
  {S} must {V} {T}.
  {S} {devoir@S} {V.base@S} {T}.
  {T} {S} phải {V}.

  @ can-i V=outing+ask
  Can I {V}?
  Est-ce que je peux {V.base@I}?
  Tôi có thể {V} được không?

  @ who-wants V=leisure+outing+chore+errand x26
  Who wants to {V}?
  Qui veut {V}?
  Ai muốn {V}?

  @ with-whom S=pronoun+name V=leisure+outing K=relative x48
  {S} {V@S} with {K}.
  {S} {V@S} avec {K}.
  {S} {V} với {K}.

  @ help S=anyone K=relative V=chore x40
  {S} {help@S} {K} {V}.
  {S} {aider@S} {K} à {V.base}.
  {S} giúp {K} {V}.

  @ helped S=other P=pronoun V=chore
  {S} {help@S} {P.object} {V}.
  {S} {P.direct} {aider@S} à {V.base}.
  {S} giúp {P.object} {V}.

  @ visit S=anyone K=kin P=yours T=soon x40
  {S} {be@S} going to visit {K.my@P} {T}.
  {S} {rendre.future@S} visite à {K.my@P} {T}.
  {T} {S} sẽ đến thăm {K.my@P}.

  @ saw S=anyone K=kin+fellow P=pronoun L=place x48
  {S} saw {K.my@P} at {L.the}.
  {S} {voir.past@S} {K.my@P} à {L.the}.
  {S} đã nhìn thấy {K.my@P} ở {L.the}.

  @ called S=anyone K=kin+fellow P=pronoun T=recent x44
  {S} called {K.my@P} {T}.
  {S} {appeler.past@S} {K.my@P} {T}.
  {T} {S} đã gọi điện cho {K.my@P}.

  @ opinion S=anyone O=opinion T=other A=mood+trait x62
  {S} {O@S} that {T} {be@T} {A}.
  {S} {O@S} que {T} {être@T} {A@T}.
  {S} {O} rằng {T} {A}.

  @ opinion-job S=pronoun O=opinion T=name J=job x40
  {S} {O@S} that {T} is a {J}.
  {S} {O@S} que {T} est {J@T}.
  {S} {O} rằng {T} là {J}.

  @ hope-come S=anyone T=other W=soon x40
  {S} {hope@S} that {T} {be@T} going to come {W}.
  {S} {espérer@S} que {T} {aller@T} venir {W}.
  {S} hy vọng rằng {W} {T} sẽ đến.

  @ please V=ask
  Please {V}.
  {V.imperative}, s'il vous plaît.
  Làm ơn {V}.

  @ could V=ask+ability
  Could you {V}, please?
  Pouvez-vous {V}, s'il vous plaît?
  Bạn có thể {V} được không?

  @ ban V=ban
  Please don't {V}.
  {V.not@YOU}, s'il vous plaît.
  Xin đừng {V}.

  @ must-not S=anyone V=ban x40
  {S} must not {V}.
  {S} ne {devoir@S} pas {V.baseNot@S}.
  {S} không được {V}.

  @ interest S=anyone B=subject x26
  {S} {be@S} interested in {B.bare}.
  {S} {s'intéresser@S} à {B.the}.
  {S} quan tâm đến {B.bare}.
  """
