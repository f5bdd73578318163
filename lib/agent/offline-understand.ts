import { normalizeOrderNumber } from "@/lib/shop/schema";

/** What a customer can want, in the order in which it is answered. */
export const intents = [
  "tell",
  "person",
  "danger",
  "complaint",
  "privacy",
  "identity",
  "recall",
  "cancel_order",
  "change_order",
  "order_list",
  "order_status",
  "help_article",
  "product",
  "thanks",
  "greeting",
  "goodbye",
] as const;
export type Intent = (typeof intents)[number];

const PATTERNS: Record<Exclude<Intent, "tell" | "help_article">, RegExp> = {
  person:
    /\b(?:(?:talk|speak|chat|connect|transfer|get|put|want|need|prefer)\b[^.!?]{0,30}\b(?:human|person|someone|somebody|agent|representative|colleague|manager|supervisor|staff|real people)|(?:real|actual|live) (?:human|person|agent)|human (?:being|please|agent|support)|customer service rep|mensch|mitarbeiter(?:in)?|humain|conseiller|persona|operador|persoon|medewerker|pessoa|człowiek|konsultant)\b|^\s*(?:human|person|agent|operator|colleague)\W*$|担当者|людина|موظف/iu,
  danger:
    /\b(?:lawyer|attorney|solicitor|sue (?:you|your)|legal action|court|chargeback|charge ?back|consumer (?:protection|agency)|police|fraud|scam(?:med)?|injur(?:y|ed)|hurt (?:my|me|him|her)|accident|caught fire|hospital|bleeding|dangerous|kill myself|suicide)\b/iu,
  complaint:
    /\b(?:unacceptable|ridiculous|terrible|awful|horrible|worst|disgusting|disgrace|furious|angry|outrageous|fed up|sick of|useless|complain(?:t|ing)?|disappointed|rip[- ]?off|never again|wtf|joke of)\b/iu,
  privacy:
    /\b(?:(?:delete|erase|remove|forget|wipe)\b[^.!?]{0,30}\b(?:my (?:data|account|information|details|messages|history|chats?)|everything about me|me\b)|gdpr|dsgvo|right to be forgotten|(?:copy|export|download)\b[^.!?]{0,20}\bmy (?:data|information|account data)|what (?:data|information) do you (?:have|keep|store|hold)|my personal data|privacy)\b/iu,
  identity:
    /\b(?:who are you|what are you\b|are you (?:a |an )?(?:bot|robot|human|person|real|ai|machine|computer|chat ?gpt|gpt|claude|llm)|which (?:ai )?model|what (?:ai )?model|am i (?:talking|speaking|chatting) (?:to|with) (?:a |an )?(?:bot|robot|human|person|ai|machine)|your name)\b/iu,
  recall:
    /\b(?:what(?:'s| is| was) my (?!order\b|shipping|delivery|return|refund|tracking|package|parcel)|who(?:'s| is| am) (?:my|i)\b|do you (?:remember|recall|still know)|what did i (?:say|tell|ask|mention|need|want|write)|what (?:have|had) i (?:said|told|asked|mentioned)|what (?:am i|was i) looking for|what (?:\w+ ){0,2}do i (?:need|prefer|like|own|wear|have(?! to\b))|remind me (?:what|which|of)|what do you (?:know|remember) about me|did i (?:say|tell|mention)|which (?:order|product|item) did i (?:mention|ask|talk)|i (?:already )?told you|where do i work|(?:where|when) am i\b|what were we talking about|summari[sz]e (?:this|our|the) (?:chat|conversation))\b/iu,
  cancel_order:
    /\b(?:cancel(?:l?ing|l?ation)?\b[^.!?]{0,40}\b(?:orders?|ord[\s-]?\d{4,12})\b|cancel (?:it|this|that|them|#?\d{4,12})\b|cancel (?:my|the) (?:tent|boots|shoes|jacket|things|purchase)\b|(?:don't|do not|no longer) (?:want|need) (?:my|the|this|that) order\b|bestellung\b[^.!?]{0,40}\bstornieren|storniere)\b/iu,
  change_order:
    /\b(?:change\b[^.!?]{0,30}\b(?:address|order|size|colour|color|delivery|payment|item)|wrong (?:delivery |shipping )?address|typo in (?:my|the) address|(?:update|correct|fix)\b[^.!?]{0,20}\baddress|add (?:something|an item) to my order)\b/iu,
  order_list:
    /\b(?:(?:show|list|see|view|what are|which are)\b[^.!?]{0,20}\b(?:my|all)\b[^.!?]{0,10}\borders|order history|what (?:did|have) i (?:order(?:ed)?|buy|bought)|my (?:last|latest|recent|previous|past) (?:orders?|purchases?)|my orders)\b/iu,
  order_status:
    /\b(?:where(?:'s| is| are)\b[^.!?]{0,30}\b(?:orders?|package|parcel|delivery|stuff|things|jacket|boots|tent|shoes|backpack|it)|track(?:ing)?\b|(?:order|shipping|delivery|shipment) status|status of|(?:hasn'?t|has not|have not|haven'?t|didn'?t|did not|never|not yet) (?:\w+ )?(?:arrived?|come|came|received?|shown up|been delivered|delivered|shipped)|when (?:will|does|is|do|can|should)\b[^.!?]{0,40}\b(?:arrive|come|here|delivered|ship|shipped|get it|get (?:my|the) (?:order|parcel|package|delivery|things|stuff))|(?:supposed|due|expected|promised|meant) (?:to|yesterday|today|last|on|for)\b|(?:my|the|an?) (?:order|package|parcel|delivery|shipment)\b[^.!?]{0,30}\b(?:late|delayed|lost|missing|stuck|overdue|arrived?|coming|is|was|status)|check (?:on )?(?:my|the|an) order|(?:about|with|regarding|question on) (?:my|an|the) order|still waiting|any (?:update|news)|wo (?:ist|bleibt)|où est|dónde está|dov'è|waar is|onde está|gdzie jest)\b/iu,
  product:
    /\b(?:looking for|recommend|suggest|do you (?:sell|have|stock|carry|offer)|in stock|which (?:\w+ ){0,2}(?:jacket|boots?|shoes?|tent|backpack|rucksack|bag|stove|mat|lamp|headtorch|poles|trousers|fleece|gloves|hat|socks?)|how much (?:is|are|does|do)|price of|what (?:\w+ ){0,2}(?:jackets?|boots|shoes|tents?|backpacks?|sleeping bags?|stoves?) do you|something (?:warm|light|waterproof)|i(?:'d| would) like to buy|want to buy|need (?:a|an|some|new)\b|waterproof|product|gear for|show me)\b/iu,
  thanks:
    /\b(?:thanks?|thank you|thx|cheers|appreciate it|great help|perfect|that helps|danke|merci|gracias|grazie|obrigad[oa])\b/iu,
  greeting:
    /^\s*(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening|day)|greetings|yo|hallo|bonjour|hola|ciao|olá|dzień dobry|moin|servus|guten tag)\b/iu,
  goodbye:
    /\b(?:bye|goodbye|see you|that'?s all|that is all|have a (?:nice|good) (?:day|one|evening))\b/iu,
};

const HELP =
  /\b(?:return(?:s|ed|ing)?|refund(?:s|ed)?|money back|send (?:it|them|this) back|exchange|shipping|postage|deliver(?:y|ies|ed)?|ship to|customs|warranty|guarantee|repair(?:s|ed)?|broken|broke|faulty|defect(?:ive)?|damaged|torn|leak(?:s|ing)?|zip|size|sizes|sizing|fit|too (?:small|big|large|tight|wide|narrow)|gift ?cards?|voucher|pay(?:ment|ing)?|paypal|klarna|invoice|receipt|charged|discount|promo|coupon|contact|phone number|opening hours|store|pick ?up|wash|care|re-?proof|account|password|sign in|log ?in|newsletter|recycl\w*|costs?|money|second ?hand|rental|missing (?:item|part)|wrong item|policy|how (?:long|do i|can i|does))\b/iu;

const TELLS =
  /\b(?:my (?:name|budget|e-?mail|phone|number|address|manager|team|boss|size|trip|plan) (?:is|are|will|:)|i(?:'m| am) (?!looking|waiting|sorry|not sure|asking)|call me|this is (?:\p{Lu}|\[PERSON)|i (?:work|live|need|want|plan|prefer|have|like|own)|i(?:'ll| will) (?:be|go|need|travel)|we(?:'re| are) (?:going|planning)|it (?:should|must|has to)|battery|budget)\b/iu;

/** A question about cancelling, and not the wish to. */
const ASKS_WHETHER =
  /\b(?:how (?:do|can|could|would|to|long)|policy|until when|is it possible|can (?:one|(?:an )?orders?)|possible to|what (?:happens|if))\b/iu;

export type Understanding = {
  intents: Intent[];
  /** Order numbers said in this message, normalised, in order. */
  orders: string[];
  /** "yes please", answering an offer. */
  agrees: boolean;
  declines: boolean;
};

/** Words that make a bare number an order number: "order 12345", "no. 12345". */
const ORDER_WORDS =
  /(?:order|cancel|bestellung|commande|pedido|ordine|number|no\.?|nr\.?|n°)\s*(?:number|no\.?|nr\.?|is|was|:|#)?\s*#?\s*$/iu;

/** The order numbers in a text: "#ORD-789456", "order 12345", or a message that is nothing but a number. */
export function orderNumbersIn(text: string): string[] {
  const found: string[] = [];
  for (const match of text.matchAll(/#?\s?\b(?:ORD[\s-]?)?\d{4,12}\b/giu)) {
    const said = match[0].trim();
    const before = text.slice(0, match.index + match[0].length - said.length);
    const marked = /^#|^ord/iu.test(said) || ORDER_WORDS.test(before);
    const alone = text.trim().replace(/[.!?]$/, "") === said;
    const number = marked || alone ? normalizeOrderNumber(said) : null;
    if (number && !found.includes(number)) {
      found.push(number);
    }
  }
  return found;
}

/** Reads a message: every intent that it shows, the order numbers in it, and whether it answers an offer. */
export function understand(text: string): Understanding {
  const plain = text.replaceAll("’", "'");
  const orders = orderNumbersIn(plain);
  const found = new Set<Intent>();
  for (const intent of intents) {
    if (intent !== "tell" && intent !== "help_article" && PATTERNS[intent].test(plain)) {
      found.add(intent);
    }
  }
  if (HELP.test(plain)) {
    found.add("help_article");
  }
  if (found.has("cancel_order") && orders.length === 0 && ASKS_WHETHER.test(plain)) {
    found.delete("cancel_order");
    found.add("help_article");
  }
  if (TELLS.test(plain) && !plain.trim().endsWith("?")) {
    found.add("tell");
  }
  return {
    intents: settle(found, orders.length > 0),
    orders,
    agrees:
      /^\s*(?:yes|yeah|yep|yup|sure|ok(?:ay)?|please(?: do)?|do (?:it|that)|go ahead|i? ?confirm(?:ed)?|ja|oui|sí|si)\b/iu.test(
        plain,
      ),
    declines: /^\s*(?:no|nope|nah|not now|no thanks?|nein|non)\b/iu.test(plain),
  };
}

/** Some intents explain others away. */
function settle(found: Set<Intent>, hasOrder: boolean): Intent[] {
  if (
    hasOrder &&
    ![...found].some((intent) => ["recall", "cancel_order", "change_order"].includes(intent))
  ) {
    found.add("order_status");
  }
  const hide = (by: Intent, ...hidden: Intent[]) => {
    if (found.has(by)) {
      for (const intent of hidden) {
        found.delete(intent);
      }
    }
  };
  hide("person", "help_article", "tell", "product");
  hide("privacy", "help_article", "tell");
  hide("recall", "order_list", "tell", "product", "help_article", "identity", "order_status");
  hide("cancel_order", "change_order", "order_status", "tell", "help_article", "product");
  hide("change_order", "order_status", "tell");
  hide("order_list", "order_status");
  hide("danger", "complaint");
  return intents.filter((intent) => found.has(intent));
}
