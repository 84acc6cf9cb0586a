/// Irregular English verbs: base, third person, -ing form, past, participle.
let englishVerbs = """
  be is being was been
  have has having had had
  do does doing did done
  go goes going went gone
  read reads reading read read
  write writes writing wrote written
  see sees seeing saw seen
  buy buys buying bought bought
  bring brings bringing brought brought
  drink drinks drinking drank drunk
  eat eats eating ate eaten
  take takes taking took taken
  come comes coming came come
  run runs running ran run
  swim swims swimming swam swum
  sing sings singing sang sung
  speak speaks speaking spoke spoken
  sleep sleeps sleeping slept slept
  get gets getting got got
  give gives giving gave given
  know knows knowing knew known
  think thinks thinking thought thought
  say says saying said said
  feel feels feeling felt felt
  leave leaves leaving left left
  lose loses losing lost lost
  forget forgets forgetting forgot forgotten
  ride rides riding rode ridden
  draw draws drawing drew drawn
  feed feeds feeding fed fed
  send sends sending sent sent
  travel travels travelling travelled travelled
  plan plans planning planned planned
  prefer prefers preferring preferred preferred
  drive drives driving drove driven
  become becomes becoming became become
  meet meets meeting met met
  sell sells selling sold sold
  find finds finding found found
  """

/// Irregular French verbs: je, il, nous, vous, ils; participle; auxiliary.
let frenchVerbs = """
  aller | vais va allons allez vont | allé | être
  avoir | ai a avons avez ont | eu | avoir
  être | suis est sommes êtes sont | été | avoir
  faire | fais fait faisons faites font | fait | avoir
  prendre | prends prend prenons prenez prennent | pris | avoir
  apprendre | apprends apprend apprenons apprenez apprennent | appris | avoir
  comprendre | comprends comprend comprenons comprenez comprennent | compris | avoir
  lire | lis lit lisons lisez lisent | lu | avoir
  écrire | écris écrit écrivons écrivez écrivent | écrit | avoir
  dire | dis dit disons dites disent | dit | avoir
  boire | bois boit buvons buvez boivent | bu | avoir
  courir | cours court courons courez courent | couru | avoir
  dormir | dors dort dormons dormez dorment | dormi | avoir
  partir | pars part partons partez partent | parti | être
  venir | viens vient venons venez viennent | venu | être
  devenir | deviens devient devenons devenez deviennent | devenu | être
  voir | vois voit voyons voyez voient | vu | avoir
  savoir | sais sait savons savez savent | su | avoir
  connaître | connais connaît connaissons connaissez connaissent | connu | avoir
  vouloir | veux veut voulons voulez veulent | voulu | avoir
  pouvoir | peux peut pouvons pouvez peuvent | pu | avoir
  devoir | dois doit devons devez doivent | dû | avoir
  attendre | attends attend attendons attendez attendent | attendu | avoir
  perdre | perds perd perdons perdez perdent | perdu | avoir
  vendre | vends vend vendons vendez vendent | vendu | avoir
  rendre | rends rend rendons rendez rendent | rendu | avoir
  promettre | promets promet promettons promettez promettent | promis | avoir
  ouvrir | ouvre ouvre ouvrons ouvrez ouvrent | ouvert | avoir
  offrir | offre offre offrons offrez offrent | offert | avoir
  nourrir | nourris nourrit nourrissons nourrissez nourrissent | nourri | avoir
  finir | finis finit finissons finissez finissent | fini | avoir
  conduire | conduis conduit conduisons conduisez conduisent | conduit | avoir
  sentir | sens sent sentons sentez sentent | senti | avoir
  acheter | achète achète achetons achetez achètent | acheté | avoir
  appeler | appelle appelle appelons appelez appellent | appelé | avoir
  lever | lève lève levons levez lèvent | levé | avoir
  promener | promène promène promenons promenez promènent | promené | avoir
  préférer | préfère préfère préférons préférez préfèrent | préféré | avoir
  espérer | espère espère espérons espérez espèrent | espéré | avoir
  payer | paie paie payons payez paient | payé | avoir
  nettoyer | nettoie nettoie nettoyons nettoyez nettoient | nettoyé | avoir
  essayer | essaie essaie essayons essayez essaient | essayé | avoir
  envoyer | envoie envoie envoyons envoyez envoient | envoyé | avoir
  éteindre | éteins éteint éteignons éteignez éteignent | éteint | avoir
  répéter | répète répète répétons répétez répètent | répété | avoir
  rester | reste reste restons restez restent | resté | être
  rentrer | rentre rentre rentrons rentrez rentrent | rentré | être
  arriver | arrive arrive arrivons arrivez arrivent | arrivé | être
  """
