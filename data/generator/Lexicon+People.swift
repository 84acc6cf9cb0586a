/// Lists, English, French, Vietnamese.
///
/// "she" and "group" (they) tell the pronoun; the rest is "he".
let people = """
  relative | my brother | mon frère | anh trai tôi
  relative she | my sister | ma sœur | chị gái tôi
  relative she | my mother | ma mère | mẹ tôi
  relative | my father | mon père | bố tôi
  relative | my son | mon fils | con trai tôi
  relative she | my daughter | ma fille | con gái tôi
  relative she | my grandmother | ma grand-mère | bà tôi
  relative | my grandfather | mon grand-père | ông tôi
  relative | my uncle | mon oncle | chú tôi
  relative she | my aunt | ma tante | cô tôi
  relative she spouse | my wife | ma femme | vợ tôi
  relative spouse | my husband | mon mari | chồng tôi
  relative | my friend | mon ami | bạn của tôi
  relative | my neighbour | mon voisin | hàng xóm của tôi
  group adults | my parents | mes parents | bố mẹ tôi
  group | the children | les enfants | bọn trẻ
  group adults | our friends | nos amis | các bạn của chúng tôi
  group | the students | les étudiants | các sinh viên
  name man | Paul | Paul | Paul
  name man | Thomas | Thomas | Thomas
  name man | Minh | Minh | Minh
  name man | Louis | Louis | Louis
  name she woman | Marie | Marie | Marie
  name she woman | Julie | Julie | Julie
  name she woman | Anna | Anna | Anna
  name she woman | Lan | Lan | Lan
  who | who | qui | ai
  title | Mr Martin | monsieur Martin | ông Martin
  title | Mr Dubois | monsieur Dubois | ông Dubois
  title | Mr Smith | monsieur Smith | ông Smith
  title she | Mrs Martin | madame Martin | bà Martin
  title she | Mrs Dubois | madame Dubois | bà Dubois
  title she | Mrs Smith | madame Smith | bà Smith
  """
