/// Shopping, possessions, where things are.
let thingTemplates = """
  @ price N=goods
  How much is {N.this}?
  Combien coûte {N.this}?
  {N.this} giá bao nhiêu?

  @ price-colour N=goods A=colour
  How much is {N.the~A}?
  Combien coûte {N.the~A}?
  {N.the~A} giá bao nhiêu?

  @ prices N=goods
  How much are {N.these}?
  Combien coûtent {N.these}?
  {N.these} giá bao nhiêu?

  @ costs N=goods Q=number
  {N.this} costs {Q} euros.
  {N.this} coûte {Q} euros.
  {N.this} giá {Q} euro.

  @ paid S=anyone Q=number N=goods x40
  {S} paid {Q} euros for {N.this}.
  {S} {payer.past@S} {N.this} {Q} euros.
  {S} đã trả {Q} euro cho {N.this}.

  @ this-is-adjective N=object A=thing
  {N.this} is {A}.
  {N.this} est {A@N}.
  {N.this} {A}.

  @ this-very N=object A=quality
  {N.this} is very {A}.
  {N.this} est très {A@N}.
  {N.this} rất {A}.

  @ these-are N=object A=thing
  {N.these} are {A}.
  {N.these} sont {A@N+}.
  {N.these} {A}.

  @ too N=goods A=excess+size x40
  {N.this} is too {A}.
  {N.this} est trop {A@N}.
  {N.this} quá {A}.

  @ too-for N=clothes A=size K=kin P=pronoun
  {N.this} is too {A} for {K.my@P}.
  {N.this} est trop {A@N} pour {K.my@P}.
  {N.this} quá {A} đối với {K.my@P}.

  @ not-expensive N=goods A=quality+size x26
  {N.this} isn't {A}.
  {N.this} n'est pas {A@N}.
  {N.this} không {A}.

  @ ask-thing N=goods A=thing
  Is {N.this} {A}?
  Est-ce que {N.this} est {A@N}?
  {N.this} có {A} không?

  @ looking-thing N=goods A=colour
  I am looking for {N.a~A}.
  Je cherche {N.a~A}.
  Tôi đang tìm {N.a~A}.

  @ looking-size S=pronoun N=goods A=thing
  {S} {be@S} looking for {N.a~A}.
  {S} {chercher@S} {N.a~A}.
  {S} đang tìm {N.a~A}.

  @ have-in-colour N=clothes+goods#bag+goods#car+goods#bike A=colour
  Do you have {N.this} in {A}?
  Est-ce que vous avez {N.this} en {A}?
  Bạn có {N.this} {A} không?

  @ take-it N=goods A=colour
  I will take {N.the~A}.
  Je prends {N.the~A}.
  Tôi lấy {N.the~A}.

  @ try-on N=clothes A=colour
  Can I try on {N.the~A}?
  Est-ce que je peux essayer {N.the~A}?
  Tôi có thể thử {N.the~A} không?

  @ bigger N=goods A=size
  Do you have {N.bigger~A}?
  Est-ce que vous avez {N.a} {A.more@N}?
  Bạn có {N.the} nào {A.more} không?

  @ where-buy N=goods
  Where can I buy {N.a}?
  Où est-ce que je peux acheter {N.a}?
  Tôi có thể mua {N.a} ở đâu?

  @ bought S=anyone N=goods A=thing T=was x48
  {S} bought {N.a~A} {T}.
  {S} {acheter.past@S} {N.a~A} {T}.
  {T} {S} đã mua {N.a~A}.

  @ bought-colour S=anyone N=goods A=colour C=city x40
  {S} bought {N.a~A} in {C}.
  {S} {acheter.past@S} {N.a~A} à {C}.
  {S} đã mua {N.a~A} ở {C}.

  @ bought-for S=anyone N=gift K=relative T=was x40
  {S} bought {N.a} for {K} {T}.
  {S} {acheter.past@S} {N.a} pour {K} {T}.
  {T} {S} đã mua {N.a} cho {K}.

  @ will-buy S=anyone N=goods+building#house+building#flat A=thing T=later x40
  {S} {be@S} going to buy {N.a~A} {T}.
  {S} {acheter.future@S} {N.a~A} {T}.
  {T} {S} sẽ mua {N.a~A}.

  @ gave S=other T=pronoun N=gift x40
  {S} gave {T.object} {N.a}.
  {S} {T.indirect} {offrir.past@S} {N.a}.
  {S} đã tặng {T.object} {N.a}.

  @ gave-kin S=anyone K=relative N=gift A=colour+thing x40
  {S} gave {N.a~A} to {K}.
  {S} {offrir.past@S} {N.a~A} à {K}.
  {S} đã tặng {N.a~A} cho {K}.

  @ wants S=anyone N=goods A=thing x40
  {S} {want@S} {N.a~A}.
  {S} {vouloir@S} {N.a~A}.
  {S} muốn {N.a~A}.

  @ needs S=anyone N=goods A=thing
  {S} {need@S} {N.a~A}.
  {S} {avoir@S} besoin de {N.a~A}.
  {S} cần {N.a~A}.

  @ has S=anyone N=goods+building A=thing x48
  {S} {have@S} {N.a~A}.
  {S} {avoir@S} {N.a~A}.
  {S} có {N.a~A}.

  @ has-two S=pronoun N=goods A=size+colour Q=few
  {S} {have@S} {Q} {N.plural~A}.
  {S} {avoir@S} {Q} {N.plural~A}.
  {S} có {Q} {N.plural~A}.

  @ has-not S=anyone N=goods+building#house+building#garden x40
  {S} {have.not@S} {N.a}.
  {S} {avoir.not@S} {N.noOne}.
  {S} không có {N.bare}.

  @ has-ask S=asked N=goods+pet x40
  {do@S} {S} have {N.a}?
  Est-ce que {S} {avoir@S} {N.a}?
  {S} có {N.bare} không?

  @ pets S=anyone Q=few N=animal x40
  {S} {have@S} {Q} {N.plural}.
  {S} {avoir@S} {Q} {N.plural}.
  {S} có {Q} {N.plural}.

  @ pet S=anyone N=pet A=size+fur x40
  {S} {have@S} {N.a~A}.
  {S} {avoir@S} {N.a~A}.
  {S} có {N.a~A}.

  @ how-many S=yours+name N=goods+animal x40
  How many {N.plural} {do@S} {S} have?
  Combien {N.no} est-ce que {S} {avoir@S}?
  {S} có bao nhiêu {N.plural}?

  @ like-animals S=anyone N=animal
  {S} {like@S} {N.generic}.
  {S} {aimer@S} {N.generic}.
  {S} thích {N.generic}.

  @ like-animals-but S=anyone T=other N=animal M=animal x40
  {S} {like@S} {N.generic}, but {T} {prefer@T} {M.generic}.
  {S} {aimer@S} {N.generic}, mais {T} {préférer@T} {M.generic}.
  {S} thích {N.generic} nhưng {T} thích {M.generic} hơn.

  @ afraid S=anyone N=animal
  {S} {be@S} afraid of {N.generic}.
  {S} {avoir@S} peur {N.ofAll}.
  {S} sợ {N.generic}.

  @ this-is-my N=object+pet P=pronoun
  This is {N.my@P}.
  C'est {N.my@P}.
  Đây là {N.my@P}.

  @ this-is-not-my N=object+pet P=pronoun
  This isn't {N.my@P}.
  Ce n'est pas {N.my@P}.
  Đây không phải là {N.my@P}.

  @ is-this N=object+pet P=pronoun
  Is this {N.my@P}?
  Est-ce que c'est {N.my@P}?
  Đây có phải là {N.my@P} không?

  @ is-this-name N=object+pet P=name x26
  Is this {N.my@P}?
  Est-ce que c'est {N.my@P}?
  Đây có phải là {N.my@P} không?

  @ where-is-my N=object+pet P=pronoun
  Where is {N.my@P}?
  Où est {N.my@P}?
  {N.my@P} ở đâu?

  @ where-are-my N=object+pet P=pronoun
  Where are {N.myPlural@P}?
  Où sont {N.myPlural@P}?
  {N.myPlural@P} ở đâu?

  @ my-thing-at N=small P=pronoun L=spot x48
  {N.my@P} is {L}.
  {N.my@P} est {L}.
  {N.my@P} ở {L}.

  @ my-things-at N=small P=pronoun L=spot
  {N.myPlural@P} are {L}.
  {N.myPlural@P} sont {L}.
  {N.myPlural@P} ở {L}.

  @ thing-of N=small P=name+relative#my_brother L=spot
  {N.my@P} is {L}.
  {N.my@P} est {L}.
  {N.my@P} ở {L}.

  @ there-is-thing N=small+pet L=spot x40
  There is {N.a} {L}.
  Il y a {N.a} {L}.
  Có {N.a} {L}.

  @ there-are-things Q=few N=small+pet L=spot x40
  There are {Q} {N.plural} {L}.
  Il y a {Q} {N.plural} {L}.
  Có {Q} {N.plural} {L}.

  @ there-is-not N=small+pet L=spot
  There isn't {N.a} {L}.
  Il n'y a pas {N.noOne} {L}.
  Không có {N.the} nào {L}.

  @ is-there-thing N=small+pet L=spot
  Is there {N.a} {L}?
  Est-ce qu'il y a {N.a} {L}?
  Có {N.the} nào {L} không?

  @ colour-ask N=goods+pet P=pronoun
  What colour is {N.my@P}?
  De quelle couleur est {N.my@P}?
  {N.my@P} màu gì?

  @ colour-is N=goods P=pronoun A=colour x48
  {N.my@P} is {A}.
  {N.my@P} est {A@N}.
  {N.my@P} {A}.

  @ colour-pet N=pet P=pronoun A=fur
  {N.my@P} is {A}.
  {N.my@P} est {A@N}.
  {N.my@P} {A}.

  @ compare-things N=goods M=goods A=quality+size
  {N.this} is {A.more} than {M.the}.
  {N.this} est {A.more@N} que {M.the}.
  {N.this} {A.more} {M.the}.

  @ compare-owners N=goods P=name A=quality+size x40
  {N.my@I} is {A.more} than {N.my@P}.
  {N.my@I} est {A.more@N} que {N.thatOf} de {P}.
  {N.my@I} {A.more} {N.my@P}.

  @ which N=goods S=yours+name x26
  Which {N.bare} {do@S} {S} prefer?
  {N.which} est-ce que {S} {préférer@S}?
  {S} thích {N.which} hơn?

  @ that-bought S=anyone N=goods A=quality x40
  {N.the} that {S} bought is very {A}.
  {N.the} que {S} {avoir@S} {acheté@N} est très {A@N}.
  {N.the} mà {S} đã mua rất {A}.

  @ that-lost S=pronoun N=carried A=colour
  {S} lost {N.the~A}.
  {S} {perdre.past@S} {N.the~A}.
  {S} đã làm mất {N.the~A}.

  @ lost-own S=anyone N=carried x40
  {S} lost {N.own@S}.
  {S} {perdre.past@S} {N.own@S}.
  {S} đã làm mất {N.own@S}.

  @ forgot S=anyone N=carried P=place x44
  {S} left {N.own@S} at {P.the}.
  {S} {oublier.past@S} {N.own@S} à {P.the}.
  {S} đã để quên {N.own@S} ở {P.the}.

  @ find-not S=anyone N=carried
  {S} can't find {N.own@S}.
  {S} ne {trouver@S} pas {N.own@S}.
  {S} không tìm thấy {N.own@S}.

  @ looking-own S=anyone N=carried+pet
  {S} {be@S} looking for {N.own@S}.
  {S} {chercher@S} {N.own@S}.
  {S} đang tìm {N.own@S}.

  @ sold S=anyone N=goods T=was x40
  {S} sold {N.own@S} {T}.
  {S} {vendre.past@S} {N.own@S} {T}.
  {T} {S} đã bán {N.own@S}.

  @ give-me N=object x20
  Could you give me {N.the}, please?
  Pouvez-vous me donner {N.the}, s'il vous plaît?
  Bạn có thể đưa cho tôi {N.the} được không?

  @ show-me N=goods A=colour x26
  Could you show me {N.the~A}, please?
  Pouvez-vous me montrer {N.the~A}, s'il vous plaît?
  Bạn có thể cho tôi xem {N.the~A} được không?

  @ borrow N=object P=yours#you+name x26
  Can I borrow {N.my@P}?
  Est-ce que je peux emprunter {N.my@P}?
  Tôi có thể mượn {N.my@P} không?

  @ think-thing S=anyone N=goods A=excess
  {S} {think@S} that {N.this} is too {A}.
  {S} {penser@S} que {N.this} est trop {A@N}.
  {S} nghĩ rằng {N.this} quá {A}.
  """
