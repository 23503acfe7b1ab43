// What html-validate asks of every page: its recommended and accessibility rules. A rule that is
// relaxed has its reason here.

export default {
  root: true,
  extends: ["html-validate:recommended", "html-validate:a11y"],
  rules: {
    // The theme writes it in lower case, as the HTML standard does in its examples.
    "doctype-style": ["error", { style: "lowercase" }],
  },
};
