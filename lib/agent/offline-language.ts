/** Languages whose most usual words the offline model knows, with one true sentence in each: a person can help. */
const LANGUAGES = {
  de: {
    words:
      "ich ist und der die das nicht mein meine wo wie bitte habe kann ein eine mit für bestellung lieferung",
    sentence:
      "Ich kann hier nur auf Englisch antworten. Schreiben Sie „Mensch“, dann hilft Ihnen jemand aus unserem Team.",
  },
  fr: {
    words:
      "je est et le la les ne pas mon ma mes où comment bonjour une un avec pour commande livraison vous",
    sentence:
      "Je ne peux répondre ici qu’en anglais. Écrivez « humain » et une personne de notre équipe vous aidera.",
  },
  es: {
    words:
      "yo es y el los no mi mis dónde donde cómo hola una un con para pedido envío qué está quiero",
    sentence:
      "Aquí solo puedo responder en inglés. Escriba «persona» y alguien de nuestro equipo le ayudará.",
  },
  it: {
    words:
      "io è e il lo gli non mio mia dove come ciao una un con per ordine spedizione sono che vorrei",
    sentence:
      "Qui posso rispondere solo in inglese. Scriva «persona» e qualcuno del nostro team La aiuterà.",
  },
  nl: {
    words:
      "ik is en de het niet mijn waar hoe hallo een met voor bestelling levering kan heb van wil",
    sentence:
      "Ik kan hier alleen in het Engels antwoorden. Schrijf ‘medewerker’ en iemand van ons team helpt u.",
  },
  pt: {
    words: "eu é e o os não meu minha onde como olá uma um com para pedido entrega está quero você",
    sentence: "Aqui só posso responder em inglês. Escreva «pessoa» e alguém da nossa equipa ajuda.",
  },
  pl: {
    words:
      "ja jest i nie mój moja gdzie jak dzień dobry proszę mam czy zamówienie przesyłka dla się chcę",
    sentence:
      "Tutaj mogę odpowiadać tylko po angielsku. Napisz „człowiek”, a pomoże ktoś z naszego zespołu.",
  },
  ja: {
    words: "",
    sentence:
      "ここでは英語でのみお答えできます。「担当者」と書いていただければ、スタッフが対応します。",
  },
  uk: {
    words: "",
    sentence:
      "Тут я відповідаю лише англійською. Напишіть «людина», і вам допоможе наш співробітник.",
  },
  ar: {
    words: "",
    sentence: "يمكنني الرد هنا بالإنجليزية فقط. اكتب «موظف» وسيساعدك أحد أفراد فريقنا.",
  },
} as const;

export type Language = "en" | keyof typeof LANGUAGES;

const ENGLISH = new Set(
  "i is and the not my where how hello please have can a an with for order delivery you to it of in what do this was need want".split(
    " ",
  ),
);
const SCRIPTS: [Language, RegExp][] = [
  ["ja", /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ["uk", /\p{Script=Cyrillic}{3}/u],
  ["ar", /\p{Script=Arabic}{2}/u],
];
const KNOWN = Object.entries(LANGUAGES).map(
  ([language, { words }]) => [language as Language, new Set(words.split(" "))] as const,
);

/** The language of a message as far as its small words tell; English when they do not. */
export function detectLanguage(text: string): Language {
  const script = SCRIPTS.find(([, pattern]) => pattern.test(text));
  if (script) {
    return script[0];
  }
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const count = (set: Set<string>) => words.filter((word) => set.has(word)).length;
  const english = count(ENGLISH);
  let best: Language = "en";
  let most = english;
  for (const [language, set] of KNOWN) {
    const found = count(set);
    if (found > most && found >= 2) {
      best = language;
      most = found;
    }
  }
  return best;
}

/** What to say in the customer's own language; null in English. */
export function offerInLanguage(language: Language): string | null {
  return language === "en" ? null : LANGUAGES[language].sentence;
}
