//! Blocks of code in five languages, about fifteen lines each, made different by a tag and a few
//! words. They have the strings, numbers, comments and keywords that a highlighter works on.

/// Block number `kind` of a page: the languages take turns.
pub(super) fn block(kind: usize, tag: &str, word: &mut dyn FnMut() -> String) -> String {
    let languages =
        [("json", json as Template), ("rust", rust), ("python", python), ("bash", bash)];
    let (language, template) =
        languages.get(kind % 5).copied().unwrap_or(("yaml", yaml as Template));
    // Names have no accents in any of the languages.
    let mut name = || word().replace(|letter: char| !letter.is_ascii(), "a");
    let names = [name(), name(), name()];
    format!("```{language}\n{}\n```", template(tag, &names))
}

type Template = fn(&str, &[String; 3]) -> String;

fn json(tag: &str, [one, two, three]: &[String; 3]) -> String {
    format!(
        r#"{{
  "id": "{tag}",
  "{one}": {{ "attivo": true, "valore": 12.5, "nota": null }},
  "{two}": [
    {{ "nome": "{three}", "anno": 2024, "importo": 150000 }},
    {{ "nome": "{one} \"{two}\"", "anno": 2025, "importo": 98000.75 }}
  ],
  "fasi": ["{one}", "{two}", "{three}"],
  "limiti": {{
    "minimo": -1,
    "massimo": 1e6,
    "testo": "Il {three} del {one}"
  }}
}}"#
    )
}

fn rust(tag: &str, [one, two, three]: &[String; 3]) -> String {
    format!(
        r#"/// Conta le righe di un {one}.
#[derive(Debug, Clone)]
pub struct Conto_{tag} {{
    {one}_totale: u64,
    nomi: Vec<String>,
}}

impl Conto_{tag} {{
    // Il {two} viene prima del {three}.
    pub fn {two}_somma(&self, righe: &[Option<u64>]) -> Result<u64, String> {{
        let somma: u64 = righe.iter().flatten().map(|riga| riga * 2).sum();
        if somma > 1_000 {{
            return Err(format!("{three}: {{somma}} supera {{}}", self.{one}_totale));
        }}
        Ok(somma + self.nomi.len() as u64)
    }}
}}"#
    )
}

fn python(tag: &str, [one, two, three]: &[String; 3]) -> String {
    format!(
        r#"from dataclasses import dataclass, field


@dataclass
class Pratica_{tag}:
    """Una pratica di {one}."""
    {one}_nome: str
    valori: list[float] = field(default_factory=list)

    def {two}_media(self, soglia: float = 0.5) -> float:
        # Sotto la soglia il {three} non conta.
        buoni = [valore for valore in self.valori if valore >= soglia]
        if not buoni:
            raise ValueError(f"nessun {three} in {{self.{one}_nome!r}}")
        return sum(buoni) / len(buoni)"#
    )
}

fn bash(tag: &str, [one, two, three]: &[String; 3]) -> String {
    format!(
        r#"#!/usr/bin/env bash
set -euo pipefail

# Raccoglie i file di {one}.
cartella="${{1:-dati/{tag}}}"
totale=0
for file in "$cartella"/*.csv; do
    if [[ -f "$file" && "$file" != *{two}* ]]; then
        righe=$(wc -l < "$file")
        totale=$((totale + righe))
        echo "{three}: $file ha $righe righe" >&2
    fi
done
printf '%s\t%d\n' '{one}' "$totale" | tee -a "{two}.log""#
    )
}

fn yaml(tag: &str, [one, two, three]: &[String; 3]) -> String {
    format!(
        r#"# Configurazione del {one}
versione: 3
identificativo: "{tag}"
{one}_base: &base
  attivo: true
  intervallo: 15m
  limite: 0.75
servizi:
  - nome: {two}
    <<: *base
    porte: [8080, 8443]
  - nome: '{three}'
    descrizione: |
      Il {three} segue il {two}.
    scadenza: 2026-06-30"#
    )
}

#[cfg(test)]
mod tests {
    use super::block;

    #[test]
    fn the_languages_take_turns_and_names_are_ascii() {
        let languages: Vec<String> = (0..10)
            .map(|kind| block(kind, "000001_0", &mut || "qualità".to_owned()))
            .map(|block| {
                assert!(block.is_ascii(), "{block}");
                block.lines().next().unwrap_or_default().to_owned()
            })
            .collect();
        assert_eq!(languages[..5], ["```json", "```rust", "```python", "```bash", "```yaml"]);
        assert_eq!(languages[..5], languages[5..]);
    }
}
