import fc from "fast-check";
import { expect, test } from "vitest";
import { requestSaidIn } from "./schema-request-said";

test("what people write when they want something done about their data is recognised", () => {
  const said = {
    erasure: [
      "delete my data",
      "Please erase all my personal data.",
      "I want you to delete my account",
      "Can you wipe everything you have about me?",
      "remove all of my conversations please",
      "I invoke my right to be forgotten",
      "please delete everything you know about me",
    ],
    export: [
      "send me everything you have about me",
      "Can I get a copy of my data?",
      "I'd like to download my data",
      "What data do you have about me?",
      "this is a subject access request",
      "give me all the information you hold on me",
    ],
    rectification: [
      "You have my name wrong",
      "please correct my email address",
      "My name is misspelled",
      "update my personal details",
    ],
    restriction: [
      "stop using my data",
      "Please restrict the processing of my data",
      "Do not process my personal data any more",
    ],
    objection: ["I object to the processing of my data", "stop remembering me", "don’t track me"],
  };
  for (const [kind, sentences] of Object.entries(said)) {
    for (const sentence of sentences) {
      expect([sentence, requestSaidIn(sentence)]).toEqual([sentence, kind]);
    }
  }
});

test("what sounds alike and asks for something else is not taken for it", () => {
  const others = [
    "",
    "Please do not delete my data",
    "Never delete my account!",
    "Delete the second item of my order",
    "Can you remove my address from the parcel label?",
    "Forget it, thanks",
    "Forget the tent, what about boots?",
    "Send me the invoice of my order",
    "I object to the price",
    "change my delivery address",
    "Did you delete my message?",
    "Where is my order? I have no information about it",
    "Do you have my size?",
    "stop the delivery of my order",
    "What do you know about Goretex?",
    "Send me information about tents",
  ];
  for (const sentence of others) {
    expect([sentence, requestSaidIn(sentence)]).toEqual([sentence, null]);
  }
});

test("any text is read in a time that grows with its length only", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), fc.nat({ max: 40 }), (piece, times) => {
      expect(() => requestSaidIn(`delete ${piece.repeat(times)}`)).not.toThrow();
    }),
  );
  expect(requestSaidIn(`${"delete everything you ".repeat(4_000)}`)).toBeNull();
});
