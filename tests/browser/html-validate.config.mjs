// What html-validate asks of every page: its recommended and accessibility rules, none of them relaxed. A rule that has to
// be relaxed goes into `rules`, with its reason.

export default {
  root: true,
  extends: ["html-validate:recommended", "html-validate:a11y"],
};
