// What the HTML standard asks, and html-validate recommends; with what the house does otherwise.
module.exports = {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // Templates leave empty lines and indents where a tag of theirs stood; readers get them gzipped.
    "no-trailing-whitespace": "off",
    // Safari takes a list without bullets for none unless it says so itself.
    "no-redundant-role": "off",
    "prefer-native-element": ["error", { exclude: ["list"] }],
    // A facet's boxes share a name: each that is checked is one more value of it.
    "form-dup-name": ["error", { shared: ["radio", "button", "reset", "submit", "checkbox"] }],
    // ARIA lets whatever has a role be named; a list of evidence is.
    "aria-label-misuse": ["error", { allowAnyNamable: true }],
  },
};
