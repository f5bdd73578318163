import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Button } from "./button";
import { Checkbox } from "./choice";
import { Field } from "./field";
import { Input } from "./input";
import { Select } from "./select";

test("a field's label, hint and error belong to its control", () => {
  const html = renderToStaticMarkup(
    <Field label="E-mail" hint="As you registered" error="That is no address">
      {(control) => <Input {...control} type="email" name="email" />}
    </Field>,
  );
  const id = /<input[^>]* id="([^"]+)"/.exec(html)?.[1];
  expect(html).toContain(`for="${id}"`);
  expect(html).toContain(`aria-describedby="${id}-hint ${id}-error"`);
  expect(html).toContain('aria-invalid="true"');
  expect(html).toContain(`id="${id}-hint"`);
  expect(html).toContain(`id="${id}-error"`);
});

test("a field without hint and error describes nothing", () => {
  const html = renderToStaticMarkup(
    <Field label="Name">{(control) => <Input {...control} name="name" />}</Field>,
  );
  expect(html).not.toContain("aria-describedby");
  expect(html).not.toContain("aria-invalid=");
});

test("a pending button stays in reach of the keyboard and says that it is busy", () => {
  const html = renderToStaticMarkup(<Button pending>Send</Button>);
  expect(html).toContain('aria-busy="true"');
  expect(html).toContain('aria-disabled="true"');
  expect(html).not.toContain(' disabled=""');
});

test("a button submits only when told to", () => {
  expect(renderToStaticMarkup(<Button>Go</Button>)).toContain('type="button"');
  expect(renderToStaticMarkup(<Button type="submit">Go</Button>)).toContain('type="submit"');
});

test("a box and a list are native controls, so a form sends them without JavaScript", () => {
  const box = renderToStaticMarkup(<Checkbox label="I agree" name="agree" />);
  expect(box).toMatch(/<label[^>]*>.*<input type="checkbox"[^>]*name="agree"/s);
  const list = renderToStaticMarkup(
    <Select name="kind" options={[{ value: "a", label: "Export" }]} aria-label="Kind" />,
  );
  expect(list).toContain('<option value="a">Export</option>');
});
