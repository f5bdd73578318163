import { describe, expect, test } from "vitest";
import { detect } from "./index";

function named(text: string): string[] {
  return detect(text)
    .filter(({ kind }) => kind === "PERSON")
    .map(({ start, end }) => text.slice(start, end));
}

describe("a name is found", () => {
  test.each([
    ["Sarah, engineer at TechCorp", ["Sarah"]],
    ["I work at TechCorp and my manager is John Davis.", ["John Davis"]],
    ["Hello, my name is Quillon Brask and I wait for a parcel", ["Quillon Brask"]],
    ["Hello, I'm Dirschka.", ["Dirschka"]],
    ["my name is sarah connor", ["sarah connor"]],
    ["Hi, I'm Maya. Where is my order 12345?", ["Maya"]],
    ["Dear Ms. Achterberg, thank you", ["Achterberg"]],
    ["Hi Tadeusz, your parcel is here", ["Tadeusz"]],
    ["Kind regards,\nZorblat Quent", ["Zorblat Quent"]],
    ["Viele Grüße\nJörg Weißmüller", ["Jörg Weißmüller"]],
    ["Ich heiße Anneliese Krüger-Lang.", ["Anneliese Krüger-Lang"]],
    ["Je m'appelle Amélie Poulain", ["Amélie Poulain"]],
    ["Me llamo José Luis García", ["José Luis García"]],
    ["Ask Priya Raman or Nguyen Van Minh about it", ["Priya Raman", "Nguyen Van Minh"]],
    ["the card of Ludwig van Beethoven Jr.", ["Ludwig van Beethoven Jr"]],
    ["It was sent to Mary J. Blige-Okafor", ["Mary J. Blige-Okafor"]],
    ["It is for Anthony Green and Emma White", ["Anthony Green", "Emma White"]],
    ["Please give it to my husband Torvin", ["Torvin"]],
    ["My name is Aantje Mourik but everyone calls me Aantje", ["Aantje Mourik", "Aantje"]],
    ["Sarah's parcel", ["Sarah"]],
    ["MARIA waits", ["MARIA"]],
    ['{"said":"Regards,\\nSarah"}', ["Sarah"]],
    ["Mrs. June Carter called", ["June Carter"]],
    ["Brask Yorrin\n12 Maple Drive, Springfield", ["Brask Yorrin"]],
  ])("%s", (text, expected) => {
    expect(named(text)).toEqual(expected);
  });
});

describe("what only looks like a name stays", () => {
  test.each([
    "Where is my order? I am Sorry to ask on a Friday in May",
    "Will you mark the bill with hope and grace?",
    "a Calvin Klein shirt, Michael Kors bags and a Ralph Lauren jacket",
    "My American Express and my Apple Pay do not work",
    "Product name: Desk Lamp, brand name: Fells",
    "Fells Rain Jacket, Beck rain overtrousers, Merino socks",
    "Delivered to Leipzig hub on Monday, 23 November 2026",
    "Paris, Austin, Georgia and San Francisco are places",
    "I'm German and I'm Waiting. This is Urgent! I am Vegan.",
    "Dear Customer, Hi Team, Hello Support!",
    "Thanks! Best, Regards",
    "Morgan Stanley, Wells Fargo, Johnson Inc and Elizabeth Street",
    "[PERSON_1] and [ADDRESS_2], [EMAIL_1]",
    "https://shop.example/Maria/John and @sarah",
    "Size M, Option B please. Vitamin C Serum",
    "Guten Tag, meine Bestellung ist noch nicht da",
    "Bonjour, je voudrais retourner ma commande",
    "ORDER IS LATE PLEASE HELP",
    '{"name":"Trail running shoes","category":"Shoes","choices":"size 42"}',
  ])("%s", (text) => {
    expect(named(text)).toEqual([]);
  });
});
