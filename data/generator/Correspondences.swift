/// Words of the templates' own text that mean each other: English forms, French forms and infinitives.
private let correspondences = """
  where | où
  how | comment combien
  much many | combien beaucoup
  what | quel quelle que
  which | quel quelle
  who | qui
  why | pourquoi
  when | quand
  that than | que
  please | plaît
  i me | je moi
  you | vous
  he him it | il lui le
  she her | elle
  we us | nous
  they them | ils eux les
  am is are was were be been isn't aren't wasn't | être est sont
  have has had having | avoir a avez
  there | y
  here | ici
  this | ce cet cette ceci voici
  far | loin
  near | près
  nearest | proche
  go goes going went gone | aller va allez
  straight | droit
  after | après
  before | avant
  then | puis
  but | mais
  and | et
  or | ou
  if | si
  because | parce
  so | donc
  while | pendant
  with | avec
  for | pour depuis
  to | à
  at | à
  in | dans en à
  on | sur
  of | de
  from | de
  front | devant
  between | entre
  very | très
  too | trop
  more | encore
  little | peu
  well | bien
  never | jamais
  already ever | déjà
  today | aujourd'hui
  not no don't doesn't can't | pas
  old | ans
  time | heure
  long | temps
  weather | temps
  foot | pied
  late | retard tard
  fridge | frigo
  people | personnes
  name called | appeler
  birthday | anniversaire
  friend | ami amie
  colour | couleur
  key | clé
  table | table
  room | chambre
  kilo | kilo
  kilos | kilos
  nights | nuits
  night | nuit
  minutes | minutes
  euros | euros
  days | jours
  day | jour
  months | mois
  times | fois
  moment | moment
  ticket | billet
  tickets | billets
  meeting | réunion
  appointment | rendez-vous
  medicine | médicament
  like likes | aimer voudrais voudrions
  want wants | vouloir voulez veut
  can can't could | pouvoir peux pouvez
  must | devoir
  should | devoir
  look looks looking | chercher cherche ressembler
  take takes | prendre prends prenez
  buy buys bought | acheter acheté
  cost costs | coûter coûte coûtent
  prefer prefers | préférer préférez
  lost | perdre
  live lives lived | habiter vivre
  become | devenir
  work works | travailler travail marche
  paid | payer
  try | essayer
  afraid | peur
  find | trouver
  sold | vendre
  give gave | donner offrir
  show | montrer
  borrow | emprunter
  waiting | attendre
  missed | rater
  travel | voyager
  stayed | rester
  leave leaves leaving | partir
  arrives arriving | arriver
  open opens | ouvre
  close closes | ferme
  bring | apporter
  come comes | venir
  meet | retrouvons-nous
  wrote | écrire
  sent | envoyer
  learning | apprendre
  speak speaks | parler
  know knows | savoir connaître
  think thinks | penser
  need needs | besoin
  drink drinks | boire
  eat eats ate | manger
  help helps | aider
  understand understands | comprendre
  start starts | commencer
  hope hopes | espérer
  ordered | commander
  book booked | réserver
  repair | réparer
  wake | réveiller
  visit | visite
  saw | voir
  hurt hurts | mal
  interested | intéresser
  forgot left | oublier
  excuse | excusez-moi
  happy | joyeux
  allergic | allergique
  last | dernier dernière
  next | prochain prochaine
  favourite | préféré préférée
  half | demie
  quarter | quart
  nice | beau
  cold | froid
  hot | chaud
  cool | frais
  """

/// The French of each English word.
private let pairs: [String: Set<String>] = {
  var pairs: [String: Set<String>] = [:]
  for row in rows(of: correspondences, fields: 2) {
    for english in row[0].words { pairs[english, default: []].formUnion(row[1].words) }
  }
  // Numbers and adjectives, from the lexicon.
  for row in rows(of: phrases, fields: 4)
  where row[0].words.contains(where: ["few", "number"].contains) {
    pairs[row[1], default: []].insert(row[2])
  }
  for row in rows(of: adjectives, fields: 4) {
    let forms = Adjective(Array(row[1...])).words(in: .french)
    for english in Adjective(Array(row[1...])).words(in: .english) {
      pairs[english, default: []].formUnion(forms)
    }
  }
  pairs["one", default: []].insert("une")
  pairs["eleven", default: []].insert("onze")
  return pairs
}()

/// Whether two words mean each other wherever they stand in one slot, or in the text of one template.
func isCorrespondence(_ english: String, _ french: String) -> Bool {
  pairs[english]?.contains(french) == true
}

/// English words that say how others are used; their links are possible ones.
let englishFunctionWords = Set(
  """
  a an the this these which my your his her our their some any of to in on at by up there it as
  is are am be been being was were isn't aren't wasn't weren't do does did don't doesn't didn't have has had
  haven't hasn't o'clock past
  """.split { $0 == " " || $0 == "\n" }.map(String.init))

/// The same of French.
let frenchFunctionWords = Set(
  """
  le la les un une des du de ce cet cette ces mon ma mes votre vos son sa ses notre nos leur leurs au aux à en dans sur
  quel quelle il y pas ne se me nous vous ai a avons avez ont suis est sommes êtes sont fait faisait avait
  heure heures moins plus jamais déjà
  """.split { $0 == " " || $0 == "\n" }.map(String.init))
