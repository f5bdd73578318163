import { foldedWords } from "./folded-words";

/** Kinds of streets that stand behind the name and are hardly anything else: 12 maple street. */
export const sureTypes = foldedWords(`
street str road rd avenue ave boulevard blvd highway hwy parkway pkwy crescent cres bypass turnpike expressway freeway mews
causeway esplanade streets avenues
`);

/** Kinds that are ordinary words as well: with capitals only, as in 12 Maple Drive. */
export const types = foldedWords(`
st lane ln drive dr court ct place pl square sq squares way close hill hills circle cir trail trl grove garden gardens row
alley walk plaza loop park view green rise path point points pass run bridge gate quay wharf ridge heights manor cove creek
crossing junction knoll landing meadow meadows mill mills orchard spring springs stream valley vista village wells wood woods
yard terrace ter burgs fort forge forest fields ford glen glens harbor haven isle knolls lights lodge mall mission mount
motorway neck oval overpass parks passage pike pine pines plain plains port prairie ramp ranch rapid rapids rest roads route
rue shoal shore shores skyway spur station stravenue summit throughway trace track trafficway tunnel underpass union viaduct
ville walks wall
`);

/** What is measured or sold under the same words: a 64 GB flash drive. */
export const goods = foldedWords(
  "usb flash hard pen disk disc ssd hdd thumb gb tb mb inch cm mm pack piece pieces day hour hotel",
);

/** Kinds that are grown together with the name: Hauptstraße, Kerkstraat, Storgatan. */
export const SURE_ENDING =
  /\p{L}{2}(?:strasse|straat|straede|gasse|gracht|gatan|gata|vagen|vaegen|vegen|veien|vegur|grand|vaenget|katu|kuja|polku|puiestee|utca|maantee|singel|laan|gade|vej|weg)$/u;
/** Endings that other words have too: the word needs a capital. */
export const LIKELY_ENDING =
  /\p{L}{3}(?:str|allee|platz|ring|damm|ufer|steig|plein|kade|dreef|gate|parken|hojen|bakken|torget|torvet|tie|tanv|ranta|rinne|maki|markt|hof|berg|stieg|pfad|bogen|chaussee|promenade|hoek|hof|pad|dijk|vliet|stien|svinget|toften|lunden|marken|engen|skoven|vangen|backen|stigen|leden|torg|plan|kroken|lia|haugen|raitti|portti|aukio|vanget|groftar|tun|gardur|holt|heidi|hus)$/u;

/** Kinds that stand before the name: Rue de la Paix, ul. Miła, Via Roma. */
export const wordsBefore = foldedWords(`
rue av avda avenida avenue boulevard bd chemin impasse allee quai place route cours faubourg ruelle calle paseo camino
carretera plaza placa carrer ronda travesia travessa trav via viale vicolo piazza piazzale corso largo strada contrada localita rua praca
estrada alameda rodovia quinta urbanizacao ulica ul aleja al osiedle os plac pl namesti nam trida nabrezi bulevardul calea str odos λεωφορος
οδος pza urb pol lugar puente cuesta glorieta pasaje ctra cl barrio bda
`);

/** How German streets begin that name no kind: Am Markt 3, Zur Linde 5. With a capital only. */
export const placesBefore = foldedWords(
  "am an auf im zum zur alte alter neue obere untere kleine grosse",
);

/** Kinds that stand behind a name and before the number: Erzsébet tér 19. */
export const wordsAfter = foldedWords(`
utca u ut utja ter tere korut koz setany sor tanav tn mnt puiestee pst cesta ulica ul gatve iela caddesi cad sokak sok sk bulvari
mahallesi mah trg street st road strasse str platz allee weg straat laan vagen gatan vej gade tie katu ulice namesti prospekt nab
`);

/** Small words inside the name of a street. */
export const particles = foldedWords(
  "de del della di da do dos das du des la le las los l d el der den dem die het ter van von san santa nad na u v sv svate degli delle dei of the",
);

/** A part of a house, before its number. */
export const units = foldedWords(`
apt apartment suite ste unit flat floor fl room rm building bldg batiment etage stock top lejlighed piso puerta interno scala byt
lakas bloco apto appartement wohnung block tower wing box lot
`);

export const states = foldedWords(`
ak al ar az ca co ct dc de fl ga hi ia id il in ks ky la ma md me mi mn mo ms mt nc nd ne nh nj nm nv ny oh ok or pa ri sc sd tn
tx ut va vt wa wi wv wy nsw vic qld tas act bc ab mb nb nl ns nt nu on pe qc sk yt
`);
