import { describe, expect, test } from "vitest";
import { detect } from "./index";

function placed(text: string): string[] {
  return detect(text)
    .filter(({ kind }) => kind === "ADDRESS")
    .map(({ start, end }) => text.slice(start, end));
}

describe("a postal address is found, whole", () => {
  test.each([
    ["I live at 12 Maple Drive, Springfield, IL 62704.", "12 Maple Drive, Springfield, IL 62704"],
    [
      "Send it to 445 Maple Drive, Suite 394, Fort Worth, Texas, 76165 please",
      "445 Maple Drive, Suite 394, Fort Worth, Texas, 76165",
    ],
    ["it is 6821 1st ave", "6821 1st ave"],
    ["10 Downing Street, London SW1A 2AA, thanks", "10 Downing Street, London SW1A 2AA"],
    ["Hauptstraße 12a, 10115 Berlin", "Hauptstraße 12a, 10115 Berlin"],
    ["Ich wohne Am Lindenhof 3, 04109 Leipzig.", "Am Lindenhof 3, 04109 Leipzig"],
    ["Brunnengasse 14, 8001 Zürich, Switzerland", "Brunnengasse 14, 8001 Zürich, Switzerland"],
    ["12 rue de la Paix, 75002 Paris", "12 rue de la Paix, 75002 Paris"],
    ["Calle Mayor 12, Madrid", "Calle Mayor 12, Madrid"],
    ["via Garibaldi 7, 20121 Milano", "via Garibaldi 7, 20121 Milano"],
    ["ul. Długa 5/7, 00-238 Warszawa", "ul. Długa 5/7, 00-238 Warszawa"],
    ["Goethestr. 12, 60313 Frankfurt am Main", "Goethestr. 12, 60313 Frankfurt am Main"],
    ["Storgatan 15\n111 22 Stockholm", "Storgatan 15\n111 22 Stockholm"],
    ["221B Baker Street, London NW1 6XE", "221B Baker Street, London NW1 6XE"],
    ["Kerkstraat 12, Utrecht", "Kerkstraat 12, Utrecht"],
    ["Storgatan 15, Stockholm", "Storgatan 15, Stockholm"],
    ["Rákóczi utca 5", "Rákóczi utca 5"],
    ["P.O. Box 104 is mine", "P.O. Box 104"],
    ["Postfach 12 34", "Postfach 12 34"],
    ["my address is Dunajska 56, 1000 Ljubljana", "Dunajska 56, 1000 Ljubljana"],
    [
      "Mail goes to\n12 Maple Drive\nApt. 4\nSpringfield\nthanks",
      "12 Maple Drive\nApt. 4\nSpringfield",
    ],
    ["+49 30 901820, 12 Maple Drive", "12 Maple Drive"],
    ["postcode SW1A 2AA", "SW1A 2AA"],
  ])("%s", (text, expected) => {
    expect(placed(text)).toEqual([expected]);
  });
});

describe("what is no address stays", () => {
  test.each([
    "Is there a store in Berlin?",
    "ten days in Japan in April, then Austin, Texas",
    "a 64 GB Flash Drive and 2 Hard Drive bays",
    "order 12345 from 12 March 2026, total 2,000",
    "a laptop with 32 GB, 15 inches, for 2,000",
    "zip 90210",
    "Leipzig hub, Monday 23 November 2026, 10:30",
    "3 rain jackets in size 42 and 2 Gift Cards",
    "on 07 Feb 2022 and Feb 07 2022",
    "I have been waiting 3 days. Please call. This way 2 people lost 5 hours",
  ])("%s", (text) => {
    expect(placed(text)).toEqual([]);
  });
});
