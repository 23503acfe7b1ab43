// html-validate, with our configuration.

import { HtmlValidate, StaticConfigLoader } from "html-validate";
import config from "./html-validate.config.mjs";

const validator = new HtmlValidate(new StaticConfigLoader(config));

/** What html-validate has to say about a file, one complaint a line. */
export async function complaints(file) {
  const report = await validator.validateFile(file);
  const messages = report.results.flatMap((result) => result.messages);
  return messages.map(({ line, column, ruleId, message }) => `${line}:${column} ${ruleId}: ${message}`);
}
