/// Café, restaurant, groceries.
let foodTemplates = """
  @ order D=order x20
  I would like {D.a}, please.
  Je voudrais {D.a}, s'il vous plaît.
  Cho tôi {D.a}.

  @ order-two D=order E=order x26
  I would like {D.a} and {E.a}, please.
  Je voudrais {D.a} et {E.a}, s'il vous plaît.
  Cho tôi {D.a} và {E.a}.

  @ order-count Q=few D=order x26
  We would like {Q} {D.plural}, please.
  Nous voudrions {Q} {D.plural}, s'il vous plaît.
  Cho chúng tôi {Q} {D.plural}.

  @ order-for S=anyone D=order
  {S} would like {D.a}.
  {S} {vouloir.conditional@S} {D.a}.
  {S} muốn {D.a}.

  @ order-extra S=pronoun D=order#coffee+order#tea X=extra x20
  {S} would like {D.a} {X}.
  {S} {vouloir.conditional@S} {D.a} {X}.
  {S} muốn {D.a} {X}.

  @ bring D=order x20
  Could you bring me {D.a}, please?
  Pouvez-vous m'apporter {D.a}, s'il vous plaît?
  Bạn có thể mang cho tôi {D.a} được không?

  @ bring-for K=kin D=order x26
  Could you bring {D.a} for {K.my@I}?
  Pouvez-vous apporter {D.a} pour {K.my@I}?
  Bạn có thể mang {D.a} cho {K.my@I} được không?

  @ price-order D=order
  How much is {D.a}?
  Combien coûte {D.a}?
  {D.a} giá bao nhiêu?

  @ had-order S=anyone D=order T=recent x40
  {S} ordered {D.a} {T}.
  {S} {commander.past@S} {D.a} {T}.
  {T} {S} đã gọi {D.a}.

  @ some-more M=food
  Would you like some more {M.bare}?
  Est-ce que vous voulez encore {M.some}?
  Bạn có muốn thêm {M.bare} không?

  @ would-drink M=food
  Would you like some {M.bare}?
  Est-ce que vous voulez {M.some}?
  Bạn có muốn {M.bare} không?

  @ is-there M=food
  Is there any {M.bare}?
  Est-ce qu'il y a {M.some}?
  Có {M.bare} không?

  @ there-is M=food x26
  There is {M.bare} in the fridge.
  Il y a {M.some} dans le frigo.
  Có {M.bare} trong tủ lạnh.

  @ there-is-no M=food
  There is no {M.bare} in the fridge.
  Il n'y a pas {M.no} dans le frigo.
  Không có {M.bare} trong tủ lạnh.

  @ there-is-but M=food N=food
  There is {M.bare}, but there is no {N.bare}.
  Il y a {M.some}, mais il n'y a pas {N.no}.
  Có {M.bare} nhưng không có {N.bare}.

  @ eat S=anyone M=dish T=usual x40
  {S} {eat@S} {M.bare} {T}.
  {S} {manger@S} {M.some} {T}.
  {T} {S} ăn {M.bare}.

  @ eat-not S=anyone M=dish
  {S} {eat.not@S} {M.bare}.
  {S} {manger.not@S} {M.no}.
  {S} không ăn {M.bare}.

  @ eat-past S=anyone M=dish T=recent x40
  {S} ate {M.bare} {T}.
  {S} {manger.past@S} {M.some} {T}.
  {T} {S} đã ăn {M.bare}.

  @ drink S=anyone M=drink T=usual x40
  {S} {drink@S} {M.bare} {T}.
  {S} {boire@S} {M.some} {T}.
  {T} {S} uống {M.bare}.

  @ drink-never S=anyone M=drink
  {S} never {drink@S} {M.bare}.
  {S} {boire.never@S} {M.no}.
  {S} không bao giờ uống {M.bare}.

  @ drink-extra S=anyone M=drink#coffee+drink#tea X=extra
  {S} {drink@S} {M.bare} {X}.
  {S} {boire@S} {M.some} {X}.
  {S} uống {M.bare} {X}.

  @ need S=anyone M=food
  {S} {need@S} {M.bare}.
  {S} {avoir@S} besoin {M.no}.
  {S} cần {M.bare}.

  @ need-two S=pronoun M=food N=food x26
  {S} {need@S} {M.bare} and {N.bare}.
  {S} {avoir@S} besoin {M.no} et {N.no}.
  {S} cần {M.bare} và {N.bare}.

  @ buy-food S=anyone M=food N=food T=recent x40
  {S} bought {M.bare} and {N.bare} {T}.
  {S} {acheter.past@S} {M.some} et {N.some} {T}.
  {T} {S} đã mua {M.bare} và {N.bare}.

  @ buy-food-soon S=anyone M=food T=soon
  {S} {be@S} going to buy {M.bare} {T}.
  {S} {acheter.future@S} {M.some} {T}.
  {T} {S} sẽ mua {M.bare}.

  @ like-food S=anyone M=diet x40
  {S} {like@S} {M.generic}.
  {S} {aimer@S} {M.generic}.
  {S} thích {M.generic}.

  @ like-food-not S=anyone M=diet x40
  {S} {like.not@S} {M.generic}.
  {S} {aimer.not@S} {M.generic}.
  {S} không thích {M.generic}.

  @ like-food-ask S=asked M=diet x40
  {do@S} {S} like {M.generic}?
  Est-ce que {S} {aimer@S} {M.generic}?
  {S} có thích {M.generic} không?

  @ like-but S=anyone M=diet N=diet x40
  {S} {like@S} {M.generic}, but {S.pronoun} {like.not@S} {N.generic}.
  {S} {aimer@S} {M.generic}, mais {S.pronoun} {aimer.not@S} {N.generic}.
  {S} thích {M.generic} nhưng không thích {N.generic}.

  @ like-others-drink S=anyone T=other M=drink N=drink
  {S} {like@S} {M.generic}, but {T} {prefer@T} {N.generic}.
  {S} {aimer@S} {M.generic}, mais {T} {préférer@T} {N.generic}.
  {S} thích {M.generic} nhưng {T} thích {N.generic} hơn.

  @ like-others S=anyone T=other M=dish+fruit N=dish+fruit
  {S} {like@S} {M.generic}, but {T} {prefer@T} {N.generic}.
  {S} {aimer@S} {M.generic}, mais {T} {préférer@T} {N.generic}.
  {S} thích {M.generic} nhưng {T} thích {N.generic} hơn.

  @ prefer-drink S=anyone M=drink N=drink
  {S} {prefer@S} {M.generic} to {N.generic}.
  {S} {préférer@S} {M.generic} à {N.generic}.
  {S} thích {M.generic} hơn {N.generic}.

  @ prefer S=anyone M=dish+fruit N=dish+fruit
  {S} {prefer@S} {M.generic} to {N.generic}.
  {S} {préférer@S} {M.generic} à {N.generic}.
  {S} thích {M.generic} hơn {N.generic}.

  @ prefer-ask-drink M=drink N=drink
  Do you prefer {M.generic} or {N.generic}?
  Est-ce que vous préférez {M.generic} ou {N.generic}?
  Bạn thích {M.generic} hay {N.generic} hơn?

  @ prefer-ask M=dish+fruit N=dish+fruit
  Do you prefer {M.generic} or {N.generic}?
  Est-ce que vous préférez {M.generic} ou {N.generic}?
  Bạn thích {M.generic} hay {N.generic} hơn?

  @ allergic S=anyone M=diet x26
  {S} {be@S} allergic to {M.generic}.
  {S} {être@S} {allergique@S} à {M.generic}.
  {S} bị dị ứng với {M.generic}.

  @ taste M=savoury A=taste x26
  The {M.bare} is {A}.
  {M.the} est {A@M}.
  Món {M.bare} {A}.

  @ taste-very M=savoury A=taste x26
  The {M.bare} is very {A}.
  {M.the} est très {A@M}.
  Món {M.bare} rất {A}.

  @ taste-too M=savoury A=taste x20
  The {M.bare} is too {A} for me.
  {M.the} est trop {A@M} pour moi.
  Món {M.bare} quá {A} đối với tôi.

  @ taste-not M=savoury A=taste x20
  The {M.bare} isn't {A}.
  {M.the} n'est pas {A@M}.
  Món {M.bare} không {A}.

  @ taste-ask M=savoury A=taste x20
  Is the {M.bare} {A}?
  Est-ce que {M.the} est {A@M}?
  Món {M.bare} có {A} không?

  @ kilo F=fruit
  I would like a kilo of {F.plural}, please.
  Je voudrais un kilo {F.no}, s'il vous plaît.
  Cho tôi một cân {F.bare}.

  @ kilos Q=few F=fruit x20
  I would like {Q} kilos of {F.plural}, please.
  Je voudrais {Q} kilos {F.no}, s'il vous plaît.
  Cho tôi {Q} cân {F.bare}.

  @ kilo-price F=fruit
  How much is a kilo of {F.plural}?
  Combien coûte un kilo {F.no}?
  Một cân {F.bare} giá bao nhiêu?

  @ fruit-count S=anyone Q=few F=fruit T=recent
  {S} bought {Q} {F.plural} {T}.
  {S} {acheter.past@S} {Q} {F.plural} {T}.
  {T} {S} đã mua {Q} {F.plural}.

  @ fruit-eaten S=anyone F=fruit T=recent
  {S} ate {F.a} {T}.
  {S} {manger.past@S} {F.a} {T}.
  {T} {S} đã ăn {F.a}.

  @ there-fruit Q=few F=fruit P=spot
  There are {Q} {F.plural} {P}.
  Il y a {Q} {F.plural} {P}.
  Có {Q} {F.plural} {P}.

  @ book-table Q=few T=soon x20
  I would like to book a table for {Q} people {T}.
  Je voudrais réserver une table pour {Q} personnes {T}.
  {T} tôi muốn đặt một bàn cho {Q} người.

  @ book-table-at Q=few T=clock
  A table for {Q} people at {T}, please.
  Une table pour {Q} personnes à {T}, s'il vous plaît.
  Cho tôi một bàn cho {Q} người lúc {T}.

  @ recipe S=anyone T=other M=food x26
  {S} {buy@S} {M.bare} for {T}.
  {S} {acheter@S} {M.some} pour {T}.
  {S} mua {M.bare} cho {T}.
  """
