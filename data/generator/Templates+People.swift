/// Greetings, introductions, family.
let peopleTemplates = """
  @ good-morning N=name+title
  Good morning, {N}.
  Bonjour, {N}.
  Chào buổi sáng, {N}.

  @ good-evening N=name+title
  Good evening, {N}.
  Bonsoir, {N}.
  Chào buổi tối, {N}.

  @ good-night N=name+title
  Good night, {N}.
  Bonne nuit, {N}.
  Chúc ngủ ngon, {N}.

  @ goodbye N=name+title T=parting x20
  Goodbye, {N}, see you {T}.
  Au revoir, {N}, à {T}.
  Tạm biệt, {N}, hẹn gặp lại {T}.

  @ wished W=wished N=name+title x20
  {W}, {N}.
  {W}, {N}.
  Chúc {N} {W}.

  @ thanks G=thanks N=name x26
  Thank you for {G}, {N}.
  Merci pour {G}, {N}.
  Cảm ơn {N} vì {G}.

  @ thanks-much G=thanks
  Thank you very much for {G}.
  Merci beaucoup pour {G}.
  Cảm ơn rất nhiều vì {G}.

  @ birthday N=name+title
  Happy birthday, {N}!
  Joyeux anniversaire, {N}!
  Chúc mừng sinh nhật, {N}!

  @ how-is K=kin+fellow P=yours x20
  How is {K.my@P}?
  Comment va {K.my@P}?
  {K.my@P} có khỏe không?

  @ hello-to K=kin L=kin x20
  Please say hello to {K.my@YOU} and {L.my@YOU}.
  Dites bonjour à {K.my@YOU} et à {L.my@YOU}, s'il vous plaît.
  Xin gửi lời chào đến {K.my@YOU} và {L.my@YOU}.

  @ this-is K=kin+fellow P=pronoun x26
  This is {K.my@P}.
  Voici {K.my@P}.
  Đây là {K.my@P}.

  @ friend-man N=man F=nation
  This is {N}, a {F} friend.
  Voici {N}, un ami {F@N}.
  Đây là {N}, một người bạn {F}.

  @ friend-woman N=woman F=nation
  This is {N}, a {F} friend.
  Voici {N}, une amie {F@N}.
  Đây là {N}, một người bạn {F}.

  @ my-name N=name
  My name is {N}.
  Je {s'appeler.verb@I} {N}.
  Tôi tên là {N}.

  @ name-man K=kinman P=pronoun N=man x20
  {K.my@P} is called {N}.
  {K.my@P} {s'appeler@K} {N}.
  {K.my@P} tên là {N}.

  @ name-woman K=kinwoman P=pronoun N=woman x20
  {K.my@P} is called {N}.
  {K.my@P} {s'appeler@K} {N}.
  {K.my@P} tên là {N}.

  @ nice-to-meet N=name
  Nice to meet you, {N}.
  Enchanté, {N}.
  Rất vui được gặp bạn, {N}.

  @ see-again N=name P=anyone A=mood#happy x26
  {P} {be@P} {A} to see {N} again.
  {P} {être@P} {A@P} de revoir {N}.
  {P} rất vui được gặp lại {N}.

  @ nation S=anyone A=nation x40
  {S} {be@S} {A}.
  {S} {être@S} {A@S}.
  {S} là {A}.

  @ nation-not S=anyone A=nation B=nation
  {S} {be.not@S} {A}, but {B}.
  {S} {être.not@S} {A@S}, mais {B@S}.
  {S} không phải là {A} mà là {B}.

  @ nation-ask S=asked A=nation x26
  {be@S} {S} {A}?
  Est-ce que {S} {être@S} {A@S}?
  {S} có phải là {A} không?

  @ live S=anyone C=city+land x40
  {S} {live@S} in {C}.
  {S} {habiter@S} {C.2}.
  {S} sống ở {C}.

  @ live-not S=anyone C=city+land x26
  {S} {live.not@S} in {C}.
  {S} {habiter.not@S} {C.2}.
  {S} không sống ở {C}.

  @ live-ask S=other C=city+land x20
  Does {S} live in {C}?
  Est-ce que {S} {habiter@S} {C.2}?
  {S} có sống ở {C} không?

  @ live-long S=anyone C=city+land Q=few x40
  {S} {have@S} lived in {C} for {Q} years.
  {S} {habiter@S} {C.2} depuis {Q} ans.
  {S} đã sống ở {C} được {Q} năm.

  @ where-live K=kin+fellow P=yours x20
  Where does {K.my@P} live?
  Où est-ce que {K.my@P} {habiter@K}?
  {K.my@P} sống ở đâu?

  @ come-from S=anyone C=city x26
  {S} {come@S} from {C}.
  {S} {venir@S} de {C}.
  {S} đến từ {C}.

  @ friend-in S=anyone K=sibling+fellow#friend C=city+land x40
  {S} {have@S} {K.a} who lives in {C}.
  {S} {avoir@S} {K.a} qui {habiter@K} {C.2}.
  {S} có {K.a} sống ở {C}.

  @ job-one S=single J=job x44
  {S} {be@S} a {J}.
  {S} {être@S} {J@S}.
  {S} là {J}.

  @ job-several S=adults J=job x20
  {S} {be@S} {J.plural}.
  {S} {être@S} {J@S}.
  {S} là {J}.

  @ job-not S=single J=job x26
  {S} {be.not@S} a {J}.
  {S} {être.not@S} {J@S}.
  {S} không phải là {J}.

  @ job-ask S=single J=job x26
  {be@S} {S} a {J}?
  Est-ce que {S} {être@S} {J@S}?
  {S} có phải là {J} không?

  @ job-become S=single J=job
  {S} {want@S} to become a {J}.
  {S} {vouloir@S} devenir {J@S}.
  {S} muốn trở thành {J}.

  @ job-kin K=kin P=pronoun J=job x40
  {K.my@P} is a {J}.
  {K.my@P} est {J@K}.
  {K.my@P} là {J}.

  @ siblings S=pronoun+name+relative Q=few K=sibling
  {S} {have@S} {Q} {K.plural}.
  {S} {avoir@S} {Q} {K.plural}.
  {S} có {Q} {K.plural}.

  @ sibling-none S=pronoun+name+relative K=sibling
  {S} {have.not@S} {K.a}.
  {S} {avoir.not@S} {K.noOne}.
  {S} không có {K.bare}.

  @ sibling-ask S=pronoun+name+relative K=sibling
  {do@S} {S} have {K.a}?
  Est-ce que {S} {avoir@S} {K.a}?
  {S} có {K.bare} không?

  @ how-many-siblings S=yours+name K=sibling
  How many {K.plural} {do@S} {S} have?
  Combien {K.no} est-ce que {S} {avoir@S}?
  {S} có bao nhiêu {K.plural}?

  @ age S=pronoun#I+yours#you+yours#he+yours#she+name Q=age
  {S} {be@S} {Q} years old.
  {S} {avoir@S} {Q} ans.
  {S} {Q} tuổi.

  @ age-kin K=young P=pronoun Q=age x26
  {K.my@P} is {Q} years old.
  {K.my@P} a {Q} ans.
  {K.my@P} {Q} tuổi.

  @ age-elder K=elder P=pronoun Q=ripe x20
  {K.my@P} is {Q} years old.
  {K.my@P} a {Q} ans.
  {K.my@P} {Q} tuổi.

  @ how-old K=kin+fellow P=yours x26
  How old is {K.my@P}?
  Quel âge a {K.my@P}?
  {K.my@P} bao nhiêu tuổi?

  @ look S=anyone L=look x40
  {S} {have@S} {L}.
  {S} {avoir@S} {L}.
  {S} có {L}.

  @ look-kin K=kin P=pronoun L=look x26
  {K.my@P} has {L}.
  {K.my@P} a {L}.
  {K.my@P} có {L}.

  @ look-like S=other K=kin x26
  {S} {look@S} like {K.my@I}.
  {S} {ressembler@S} à {K.my@I}.
  {S} giống {K.my@I}.

  @ trait S=anyone A=trait x40
  {S} {be@S} {A}.
  {S} {être@S} {A@S}.
  {S} {A}.

  @ trait-very S=anyone A=very x40
  {S} {be@S} very {A}.
  {S} {être@S} très {A@S}.
  {S} rất {A}.

  @ trait-not S=anyone A=trait+mood x40
  {S} {be.not@S} {A}.
  {S} {être.not@S} {A@S}.
  {S} không {A}.

  @ trait-kin K=kin P=pronoun A=very
  {K.my@P} is very {A}.
  {K.my@P} est très {A@K}.
  {K.my@P} rất {A}.

  @ trait-two K=kin P=pronoun A=trait B=trait
  {K.my@P} is {A} and {B}.
  {K.my@P} est {A@K} et {B@K}.
  {K.my@P} {A} và {B}.

  @ compare S=single T=name+relative A=compared x40
  {S} {be@S} {A.more} than {T}.
  {S} {être@S} {A.more@S} que {T}.
  {S} {A.more} {T}.

  @ compare-pronoun S=name+relative T=pronoun A=compared
  {S} {be@S} {A.more} than {T.object}.
  {S} {être@S} {A.more@S} que {T.object}.
  {S} {A.more} {T.object}.

  @ mood S=anyone A=mood x40
  {S} {be@S} {A}.
  {S} {être@S} {A@S}.
  {S} {A}.

  @ mood-ask S=asked A=mood
  {be@S} {S} {A}?
  Est-ce que {S} {être@S} {A@S}?
  {S} có {A} không?

  @ mood-why S=asked A=cause x26
  Why {be@S} {S} {A}?
  Pourquoi est-ce que {S} {être@S} {A@S}?
  Tại sao {S} {A}?

  @ feeling S=anyone A=feeling
  {S} {A@S}.
  {S} {A@S}.
  {S} {A}.

  @ feeling-not S=anyone A=feeling x26
  {S} {A.not@S}.
  {S} {A.not@S}.
  {S} không {A}.

  @ know-person K=kin+fellow P=pronoun#he+pronoun#she+pronoun#they+pronoun#we x20
  Do you know {K.my@P}?
  Est-ce que vous {connaître@YOU} {K.my@P}?
  Bạn có biết {K.my@P} không?

  @ know-person-not S=pronoun+name K=kin+fellow P=yours
  {S} {know.not@S} {K.my@P}.
  {S} {connaître.not@S} {K.my@P}.
  {S} không biết {K.my@P}.
  """
