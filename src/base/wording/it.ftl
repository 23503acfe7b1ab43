# Le parole di ogni errore: che cosa non va (minuscolo, senza punto) e, sotto `help`, che cosa fare.
# `label` dice che cosa c'è nel secondo punto che un errore mostra. Il codice è l'inizio del nome.

did-you-mean = forse intendevi `{ $name }`?

V001-invalid-utf8 = il file non è un testo UTF-8
    .help = salva di nuovo il file scegliendo la codifica UTF-8

V002-yaml-syntax = lo YAML di questa riga non è scritto bene
    .help = { $advice ->
        [tabs] usa spazi, non tabulazioni, a inizio riga
        [colon] un testo che contiene i due punti va tra virgolette: `title: "Uno: due"`
       *[otherwise] controlla rientri, virgolette e parentesi in questa riga e in quella sopra
    }

V003-duplicate-key = la chiave `{ $key }` c'è due volte
    .help = tieni una sola delle due righe
    .label = la prima è qui

V004-unknown-field = una pagina di tipo «{ $page-type }» non ha il campo `{ $field }`
    .help = togli la riga, o aggiungi il campo allo schema del tipo

V004-unknown-key = qui non esiste la chiave `{ $key }`
    .help = togli la riga

V005-wrong-type = in `{ $field }` serve { $expected }, non { $found }
    .help = cambia il valore, o togli la riga

V005-wrong-type-here = qui serve { $expected }, non { $found }
    .help = cambia il valore, o togli la riga

V006-missing-field = manca il campo `{ $field }`
    .help = aggiungi una riga `{ $field }: …`

V007-bad-date = `{ $written }` non è una data valida
    .help = scrivi anno-mese-giorno, per esempio `2026-11-23`

V008-unknown-choice = `{ $written }` non è tra i valori ammessi
    .help = scegli tra { $choices }

V009-broken-link = il collegamento `{ $link }` non porta a nessuna pagina
    .help = controlla il percorso: parte dalla cartella di questo file

V010-broken-anchor = la pagina «{ $page }» non ha il punto `#{ $anchor }`
    .help = il nome di un punto è il titolo in minuscolo, senza accenti, con i trattini

V011-missing-file = il file `{ $link }` non esiste
    .help = metti il file accanto alla pagina, o correggi il percorso

V012-wrong-page-type = qui serve una pagina di tipo «{ $expected }», `{ $target }` è di tipo «{ $found }»
    .help = nomina una pagina di tipo «{ $expected }»

V013-two-files-for-one-address = due sorgenti producono lo stesso indirizzo `{ $path }`
    .help = rinomina uno dei due file, o dai a uno un altro `slug`
    .label = l'altro è questo

V014-template-error = il modello di pagina non funziona: { $detail }
    .help = controlla parentesi e virgolette in questo punto; `vasta explain V014` mostra un esempio giusto

V014-template-sign = nel modello serve { $expected }, non { $found }
    .help = controlla parentesi e virgolette in questo punto; `vasta explain V014` mostra un esempio giusto

V014-template-unfinished = nel modello qualcosa comincia e non finisce
    .help = chiudi ogni `{"{{"}` con `{"}}"}`, ogni `{"{% if %}"}` con `{"{% endif %}"}`, ogni `{"{% for %}"}` con `{"{% endfor %}"}`

V015-yaml-too-complex = lo YAML è troppo complesso: richiami (`*nome`), troppi valori o troppi livelli
    .help = scrivi i valori per esteso

V016-link-outside = il collegamento `{ $link }` esce dalla cartella dei contenuti
    .help = metti il file dentro `content/`, o usa un indirizzo `https://`

V017-unclosed-front-matter = l'intestazione comincia con `---` e non finisce
    .help = metti una riga `---` dopo l'ultimo campo

V018-unsafe-link = un collegamento non può cominciare con `{ $scheme }:`
    .help = usa `https:`, `mailto:` o `tel:`

V019-unknown-page = la pagina `{ $target }` non esiste
    .help = controlla il nome del file

V020-unknown-page-type = non c'è uno schema per il tipo `{ $name }`
    .help = scrivi `content/_schemas/{ $name }.yaml`, o togli la riga

V021-unknown-template = il modello di pagina `{ $name }` non esiste nel tema
    .help = togli la riga `template`

V022-bad-address = `{ $written }` non è un indirizzo valido
    .help = scrivilo come `{ $example }`

V023-symbolic-link = i collegamenti simbolici che escono dal sito non sono seguiti
    .help = copia il file al suo posto

V024-duplicate-anchor = due titoli hanno lo stesso punto `#{ $anchor }`
    .help = cambia uno dei due `{"{"}#…{"}"}`
    .label = il primo è qui

V025-missing-footnote = la nota `[^{ $name }]` non è scritta in questa pagina
    .help = aggiungi in fondo una riga `[^{ $name }]: …`

V026-removed-html = il marcatore HTML `<{ $tag }>` non è ammesso e viene tolto
    .help = scrivilo in Markdown

V027-bad-alias = `{ $written }` non è un vecchio indirizzo di questo sito
    .help = scrivi il percorso dalla radice, per esempio `/vecchia/pagina/`

V028-unknown-theme = il tema `{ $name }` non esiste
    .help = crea la cartella `themes/{ $name }/`, o usa il tema `casa`

V029-undeclared-field = lo schema non dichiara il campo `{ $name }`
    .help = aggiungilo sotto `fields`

V030-review-due = questa pagina era da rivedere entro il { $date }
    .help = controlla che sia ancora valida, poi aggiorna `verified` e `review_by`

V031-search-test-failed = chi cerca «{ $query }» non trova la pagina attesa tra i primi { $within }
    .help = si trova nell'ordine: { $found }
    .nothing = non si trova nulla: usa queste parole nella pagina attesa, o mettile nei suoi `synonyms`

V031-search-test-failed-first = chi cerca «{ $query }» non trova la pagina attesa al primo posto
    .help = si trova nell'ordine: { $found }
    .nothing = non si trova nulla: usa queste parole nella pagina attesa, o mettile nei suoi `synonyms`

V032-search-test-found = chi cerca «{ $query }» non dovrebbe trovare nulla
    .help = si trova nell'ordine: { $found }

V033-unknown-collection = la raccolta `{ $name }` non esiste
    .help = dichiarala sotto `collections` nello schema delle sue pagine

V034-unknown-column = la raccolta `{ $collection }` non ha la colonna `{ $name }`
    .help = le colonne sono { $columns }

V035-wrong-column = la colonna `{ $name }` non può fare da `{ $role }`: serve { $expected }
    .help = scegli un'altra colonna con la chiave `{ $role }`

V036-empty-figure = nessuna riga della raccolta `{ $collection }` corrisponde a queste condizioni
    .help = controlla i valori sotto `dove`: si confrontano con il testo, con la chiave della scelta o con il nome del file della pagina

V037-duplicate-collection = la raccolta `{ $name }` è dichiarata due volte
    .help = dalle un altro nome

V038-missing-source = la pagina non cita nessuna fonte
    .help = aggiungi una nota con la fonte: `[^a]` nel testo e `[^a]: …` in fondo

V041-bad-urn = `{ $written }` non è il nome uniforme di un atto
    .help = scrivilo come su Normattiva: `urn:nir:stato:decreto.legislativo:2023-03-31;36`

V042-too-many-to-compare = { $n-pages } pagine hanno in comune «{ $value }»: sono più di { $most } e non si confrontano
    .help = scegli sotto `compare` un campo che divide le pagine in gruppi più piccoli

V043-unknown-described-type = `{ $name }` non è un tipo di schema.org tra quelli previsti
    .help = usa un tipo più generale, per esempio `CreativeWork`, `Article` o `Service`

V044-unknown-property = il tipo `{ $kind }` non ha la proprietà `{ $name }`
    .help = togli la riga, o usa un altro tipo

V045-unfit-field = la proprietà `{ $property }` non può venire da `{ $field }`, di tipo `{ $kind }`
    .help = serve { $expected }

V046-foreign-choice = `{ $choice }`, un valore di `{ $field }`, non è tra quelli di `{ $property }`
    .help = usa per le opzioni del campo i valori { $values }

V047-missing-for-release = per pubblicare il sito manca `{ $key }`

V048-not-the-official-address = `{ $written }` non è l'indirizzo di una dichiarazione pubblicata da AgID
    .help = la dichiarazione si compila presso AgID e il suo indirizzo comincia con `{ $start }`

V049-old-review = il riesame della dichiarazione di accessibilità, del { $reviewed }, è scaduto
    .help = riesamina la dichiarazione presso AgID: vale un riesame dal { $oldest } in poi

V050-bad-language = `{ $written }` non è il codice di una lingua
    .help = usa il codice di due lettere, come `en` per l'inglese o `fr` per il francese

V051-repeated-phrase = questa parola è già nell'elenco
    .help = lasciala una volta sola, sotto la sua lingua
    .label = la prima volta è qui

V052-field-of-list = `{ $object }` è un elenco e non ha il campo `{ $name }`
    .help = i campi sono delle sue voci: `{"{% for voce in "}{ $object }{" %}"}`

V052-field-of-value = `{ $object }` è { $kind }: non ha campi
    .help = scrivi `{ $object }`, senza quello che segue il punto

V052-unknown-variable = qui non c'è la variabile `{ $name }`
    .help = `vasta theme docs` elenca tutto quello che un modello vede
    .known = disponibili:

V052-unknown-view-field = { $object } non ha il campo `{ $name }`
    .help = `vasta theme docs` elenca tutto quello che un modello vede
    .known = i suoi campi sono

V052-unknown-word = il tema non ha la parola `{ $name }`
    .help = aggiungila in `i18n/it.yaml` del tuo tema: `{ $name }: …`
    .known = disponibili:

V053-component-twice = il componente `{ $name }` è definito due volte nello stesso tema
    .help = dagli un altro nome

V053-missing-argument = manca l'argomento `{ $name }`
    .help = aggiungi `{ $name }=…`

V053-unknown-argument = il componente non ha l'argomento `{ $name }`
    .help = `vasta theme docs` elenca tutto quello che un modello vede
    .known = disponibili:

V053-unknown-block = il modello esteso non ha il blocco `{ $name }`
    .help = `vasta theme docs` elenca tutto quello che un modello vede
    .known = disponibili:

V053-unknown-component = non esiste il componente `{ $name }`
    .help = `vasta theme docs` elenca tutto quello che un modello vede
    .known = disponibili:

V053-unknown-file = in `static/` del tema non c'è `{ $name }`
    .help = `vasta theme docs` elenca tutto quello che un modello vede
    .known = disponibili:

V053-unknown-filter = non esiste il filtro `{ $name }`
    .help = `vasta theme docs` elenca tutto quello che un modello vede
    .known = disponibili:

V053-unknown-function = non esiste la funzione `{ $name }`
    .help = `vasta theme docs` elenca tutto quello che un modello vede
    .known = disponibili:

V053-unknown-template = non esiste il modello `{ $name }`
    .help = `vasta theme docs` elenca tutto quello che un modello vede
    .known = disponibili:

V053-unknown-test = non esiste il test `{ $name }`
    .help = `vasta theme docs` elenca tutto quello che un modello vede
    .known = disponibili:

V053-wrong-argument = l'argomento `{ $name }` vuole il tipo `{ $expected }`, non `{ $found }`
    .help = passa un valore di tipo `{ $expected }`

V053-wrong-value = qui serve un valore di tipo `{ $expected }`, non `{ $found }`
    .help = usa un valore di tipo `{ $expected }`, o un altro filtro

V054-unknown-word = nessuno usa la parola `{ $key }`
    .help = togli la riga, o scrivi `{"{{"} t.{ $key } {"}}"}` in un modello del tuo tema

V055-two-editions = due pagine hanno l'edizione `{ $id }`
    .help = ogni edizione ha una sigla sua
    .label = la prima è questa

V055-unknown-edition = non esiste l'edizione `{ $id }`
    .help = le edizioni sono quelle delle pagine che `editions.folder` indica in `vasta.yaml`

V056-unknown-value = non esiste il valore `{ $name }`
    .help = i valori sono quelli di `editions.values` in `vasta.yaml`

V057-missing-value = per l'edizione «{ $edition }» manca il valore `{ $name }`
    .help = scrivilo nel file dell'edizione: `values: {"{"} { $name }: … {"}"}`

V058-open-braces = dopo `{"{{"}` mancano le parentesi `{"}}"}` sulla stessa riga
    .help = scrivi un valore così: `{"{{"} provincia.nome {"}}"}`

V058-unfit-value = il valore `{ $value }` qui va tra virgolette
    .help = metti tra virgolette tutto il testo della riga: `title: "{"{{"} … {"}}"}"`

V059-already-there = il file `{ $path }` c'è già nel sito nazionale
    .help = se questa è la versione locale, spostala nella cartella `replace`

V059-no-place-in-edition = nella cartella di un'edizione `{ $path }` non ha un posto
    .help = mettilo in `replace` se sostituisce una pagina, in `add` se la aggiunge, in `theme` se è del tema

V059-nothing-to-replace = non c'è nessun file nazionale `{ $path }` da sostituire
    .help = se la pagina è solo di questa edizione, spostala nella cartella `add`

V060-bad-colour = `{ $written }` non è un colore come `#0066cc`
    .help = scegli un colore più scuro

V060-light-colour = su `{ $written }` il testo bianco non si legge (contrasto { $contrast }, ne serve 4,5)
    .help = scegli un colore più scuro

V061-name-not-portable = una copia non può avere il file `{ $path }`: il nome non va bene su ogni computer
    .help = usa lettere minuscole senza accenti, cifre e trattini, e percorsi di al massimo 120 caratteri

V062-external-resource = `{ $page }` prende `{ $address }` dalla rete
    .help = metti il file nel sito

V063-needs-server = `{ $file }` usa `{ $what }`, che da una cartella non funziona
    .help = in una copia servono script semplici, caricati con `<script src>`

V064-link-to-nothing = in `{ $page }` il collegamento `{ $address }` non porta a nessun file
    .help = un collegamento interno finisce con il nome del file, per esempio `index.html`

V065-page-not-reached = nessun collegamento porta alla pagina `{ $page }`
    .help = mettila in un menu o in un elenco

V066-address-gone = l'indirizzo pubblicato `{ $address }` non porta più a nessuna pagina
    .help = scrivi `aliases: [{ $alias }]` nell'intestazione della pagina che ne ha preso il posto; se non c'è, `vasta lock --forget { $address }`
    .heir = se ora è `{ $file }`, scrivi lì nell'intestazione `{ $line }`

V066-address-withdrawn = la pagina pubblicata in `{ $address }` ora è una bozza, o aspetta la sua data
    .help = pubblica di nuovo `{ $file }`, o scrivi `aliases: [{ $alias }]` nella pagina che ne prende il posto

V067-heading-gone = la pagina `{ $file }` non ha più il punto pubblicato `#{ $anchor }`
    .help = scrivi `{"{"}prima={ $anchor }{"}"}` in fondo alla riga del titolo che ne ha preso il posto; se non c'è, `vasta lock --forget { $address }`
    .heir = se ora è `#{ $heir }`, scrivi `{"{"}prima={ $anchor }{"}"}` in fondo alla riga di quel titolo

V068-not-a-published-address = questa riga non è un indirizzo pubblicato
    .help = togli la riga: questo file lo scrive `vasta lock`

V069-must-not-leave = in `{ $file }` c'è `{ $what }`, che non va consegnato ad altri
    .help = togli la chiave o il percorso del tuo computer; una chiave che è stata pubblicata va anche cambiata

V074-contradictory-draft = `state: { $state }` e `draft: true` si contraddicono
    .help = togli una delle due righe: `draft: true` vuol dire `state: bozza`

V074-contradictory-state = una pagina con `repealed_by` è superata, e non può essere `{ $state }`
    .help = scrivi `state: superata`, o togli `repealed_by`

V075-superseded-by-nothing = la pagina è superata, ma non dice da quale altra
    .help = aggiungi `repealed_by` con la pagina che ha preso il suo posto

V076-heir-of-itself = da `{ $written }`, una sostituzione dopo l'altra, si torna a questa pagina
    .help = indica in `repealed_by` la pagina che vale adesso

V077-no-history = git non sa quando sono cambiate le pagine, o non sa tutto
    .help = scarica il repository con tutta la sua storia (`git fetch --unshallow`), o togli `history: true`
V080-hard-to-read = il testo della pagina è difficile da leggere: indice Gulpease { $index }, meno di { $least }
    .help = dividi le frasi lunghe e usa parole più brevi; le parole dell'ufficio hanno spesso un nome comune
    .label = la frase più lunga è questa

V081-long-sentence = questa frase ha { $n-words } parole, più di { $most }
    .help = dividila in due, o fanne un elenco

V082-unexplained-acronym = la sigla `{ $acronym }` non è spiegata, né in questa pagina né nel glossario
    .help = la prima volta scrivi il nome per esteso e la sigla tra parentesi, o aggiungi una voce al glossario

V083-link-text-says-nothing = le parole «{ $text }» non dicono dove porta il collegamento
    .help = scrivi tra le parentesi quadre il nome della pagina o del documento a cui porta

V083-link-text-is-address = l'indirizzo non dice a chi legge dove porta il collegamento
    .help = scrivi `[il nome della pagina](indirizzo)`

V083-link-without-text = il collegamento non ha parole
    .help = scrivi tra le parentesi quadre il nome della pagina o del documento a cui porta

V084-missing-alternative = l'immagine non ha un testo alternativo
    .help = di' tra le parentesi quadre che cosa mostra: `![La sala delle gare](sala.jpg)`; una figura solo decorativa si scrive in HTML: `<img alt="" …>`

V085-skipped-heading = un titolo di livello { $found } viene dopo uno di livello { $before }
    .help = comincia la riga con `{ $marks }`

V086-table-without-header = le colonne della tabella non hanno un nome
    .help = scrivi nella prima riga che cosa c'è in ogni colonna

V086-column-without-header = la colonna { $column } della tabella non ha un nome
    .help = scrivi nella prima riga che cosa c'è nella colonna

V087-foreign-phrase = `{ $phrase }` non è tra le parole straniere del sito: chi ascolta la pagina la sente letta come italiano
    .help = usa una parola italiana, o aggiungi questa al file indicato da `markdown.foreign`
