"""Ce qu'un formulaire annonce avant l'envoi,
et ce qu'un champ refusé en dit, relevés sur la page (RGAA 11.10).
"""

# Un champ est requis et se voit requis ; ou facultatif, ou dû dans un cas, et son étiquette le
# dit ; ou il a toujours sa réponse. Un champ requis peut se taire si un facultatif du même
# formulaire parle : c'est le cas particulier du critère. Refusé vide, un champ n'avait pas été dit
# facultatif ; une date illisible n'est pas vide, même si la page la montre ainsi.
CHAMPS_ANNONCES = """() => {
  const SAISIES = "input:not([type=hidden], [type=submit], [type=button], [type=reset])"
    + ", select, textarea";
  const fautes = [];
  const groupe = c => c.type === "radio" || (c.type === "checkbox" && c.name
    && c.form.querySelectorAll(`input[type=checkbox][name="${CSS.escape(c.name)}"]`).length > 1);
  const etiquette = c => groupe(c) ? c.closest("fieldset")?.querySelector("legend") : c.labels?.[0];
  const aides = c => (c.getAttribute("aria-describedby") ?? "").split(" ")
    .map(id => document.getElementById(id)).filter(Boolean);
  for (const formulaire of document.forms) {
    const champs = new Map();
    for (const c of formulaire.elements) {
      if (!c.matches(SAISIES) || c.disabled || c.readOnly || c.closest("[hidden]")) continue;
      const cle = groupe(c) ? c.name : c;
      champs.set(cle, [...(champs.get(cle) ?? []), c]);
    }
    const dits = [...champs.values()].map(cs => ({
      nom: (etiquette(cs[0])?.textContent ?? cs[0].ariaLabel ?? cs[0].id)
        .trim().replace(/\\s+/g, " "),
      exige: cs.some(c => c.required || c.ariaRequired === "true"),
      mention: etiquette(cs[0])?.querySelector(".facultatif")?.textContent
        ?? aides(cs[0]).map(a => a.textContent).find(t => /obligatoire|facultati/.test(t)) ?? "",
      coche: cs.length === 1 && cs[0].type === "checkbox",
      repond: cs[0].type === "radio" ? cs.some(c => c.checked)
        : cs[0].tagName === "SELECT" && ![...cs[0].options].some(o => o.value === ""),
    }));
    for (const c of formulaire.querySelectorAll("[aria-invalid=true]")) {
      if (!aides(groupe(c) ? c.closest("fieldset") : c).some(a => a.textContent.trim()))
        fautes.push(`erreur non reliée : ${c.name}`);
      if (!c.value && !c.getAttribute("value")
        && etiquette(c)?.textContent.includes("(facultatif)"))
        fautes.push(`dit facultatif, puis exigé : ${c.name}`);
    }
    if (dits.length < 2 || !dits.some(d => d.exige) && formulaire.method === "get") continue;
    const contraste = dits.some(d => d.mention && !d.mention.includes("obligatoire)"));
    for (const d of dits) {
      const su = d.mention || (d.coche ? !d.exige : d.repond || (d.exige && contraste));
      if (!su) fautes.push(`ni obligatoire ni facultatif : ${d.nom.slice(0, 80)}`);
    }
  }
  return fautes;
}"""
