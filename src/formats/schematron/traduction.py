"""Un Schematron en XSLT 3 :
une phase, ses motifs, ses règles, dans l'ordre où l'autorité les a écrits.

Chaque motif devient un mode, chaque règle un patron ; la première règle qui reconnaît un nœud
l'emporte, comme le veut la norme (ISO/IEC 19757-3). Le descripteur parcourt éléments et attributs :
certaines règles ne visent que des attributs.
"""

from pathlib import Path

from lxml import etree

SCH = "http://purl.oclc.org/dsdl/schematron"
XSL = "http://www.w3.org/1999/XSL/Transform"
SVRL = "http://purl.oclc.org/dsdl/svrl"
PREFIXES_D_OFFICE = {
    "xs": "http://www.w3.org/2001/XMLSchema",
    "fn": "http://www.w3.org/2005/xpath-functions",
}
PRIORITE_DE_DEPART = 100_000
# Le nom que la norme donne à l'ensemble des motifs d'un Schematron sans phase.
TOUT = "#ALL"


class SchematronIllisible(ValueError):
    """Le fichier n'est pas un Schematron que nous sachions exécuter ; la phrase dit pourquoi."""


def en_xslt(principal: Path, *, phase: str) -> bytes:
    """La feuille de style qui exécute une phase de ce Schematron."""
    schema = _lire(principal)
    feuille = etree.Element(_xsl("stylesheet"), nsmap=_espaces(schema))
    feuille.set("version", "3.0")
    etree.SubElement(feuille, _xsl("output"), method="xml", indent="no")
    for variable in schema.findall(_sch("let")):
        _variable(feuille, variable)
    for cle in schema.findall(_xsl("key")):
        etree.SubElement(feuille, _xsl("key"), dict(cle.attrib))
    motifs = (
        schema.findall(_sch("pattern"))
        if phase == TOUT
        else _motifs_de_la_phase(schema, principal, phase)
    )
    _racine(feuille, [f"M{rang}" for rang in range(len(motifs))])
    for rang, motif in enumerate(motifs):
        _motif(feuille, motif, mode=f"M{rang}", textes=phase == TOUT)
    return bytes(etree.tostring(feuille, xml_declaration=True, encoding="UTF-8"))


def fichiers(principal: Path) -> list[Path]:
    """Le fichier principal et tous ceux qu'il inclut, pour en tirer une empreinte."""
    schema = _lire(principal)
    return [principal, *(_inclus(principal, lien) for lien in schema.iter(_sch("include")))]


def phases(principal: Path) -> set[str]:
    return {phase.get("id") or "" for phase in _lire(principal).findall(_sch("phase"))}


def _lire(fichier: Path) -> etree._Element:
    try:
        lecteur = etree.XMLParser(
            resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
        )
        return etree.parse(str(fichier), lecteur).getroot()
    except (OSError, etree.XMLSyntaxError) as erreur:
        raise SchematronIllisible(f"{fichier.name} ne se lit pas : {erreur}.") from erreur


def _inclus(principal: Path, lien: etree._Element) -> Path:
    nom = lien.get("href") or ""
    cible = (principal.parent / nom).resolve()
    if principal.parent.resolve() not in cible.parents:
        raise SchematronIllisible(f"{principal.name} inclut « {nom} », hors de son dossier.")
    return cible


def _motifs_de_la_phase(
    schema: etree._Element, principal: Path, phase: str
) -> list[etree._Element]:
    actifs = [
        actif.get("pattern") or ""
        for declaree in schema.findall(_sch("phase"))
        if declaree.get("id") == phase
        for actif in declaree.findall(_sch("active"))
    ]
    if not actifs:
        raise SchematronIllisible(f"{principal.name} n'a pas de phase « {phase} ».")
    connus = {motif.get("id"): motif for motif in schema.findall(_sch("pattern"))}
    voulus = set(actifs) - connus.keys()
    for lien in schema.findall(_sch("include")):
        if voulus and _peut_contenir(lien, voulus):
            motif = _lire(_inclus(principal, lien))
            connus[motif.get("id")] = motif
    absents = [nom for nom in actifs if nom not in connus]
    if absents:
        raise SchematronIllisible(f"{principal.name} ne contient pas le motif « {absents[0]} ».")
    return [connus[nom] for nom in actifs]


def _peut_contenir(lien: etree._Element, voulus: set[str]) -> bool:
    """Les fichiers portent le nom de leur motif :
    on ne lit pas les deux cents pour en exécuter onze.
    """
    nom = Path(lien.get("href") or "").stem
    return any(voulu.endswith(nom) for voulu in voulus)


def _espaces(schema: etree._Element) -> dict[str | None, str]:
    declares: dict[str | None, str] = {
        ns.get("prefix") or "": ns.get("uri") or ""
        for ns in schema.findall(_sch("ns"))
        if ns.get("prefix")
    }
    espaces: dict[str | None, str] = dict(PREFIXES_D_OFFICE.items())
    return {**espaces, **declares, "xsl": XSL, "svrl": SVRL}


def _racine(feuille: etree._Element, modes: list[str]) -> None:
    patron = etree.SubElement(feuille, _xsl("template"), match="/")
    rapport = etree.SubElement(patron, f"{{{SVRL}}}schematron-output")
    for mode in modes:
        etree.SubElement(rapport, _xsl("apply-templates"), select="/", mode=mode)


def _motif(feuille: etree._Element, motif: etree._Element, *, mode: str, textes: bool) -> None:
    """`textes` : écrire aussi la phrase de chaque règle.

    Quarante-cinq mille phrases d'eForms pèseraient pour rien.
    """
    etree.SubElement(feuille, _xsl("mode"), {"name": mode, "on-no-match": "shallow-skip"})
    for variable in motif.findall(_sch("let")):
        _variable(feuille, variable)
    etree.SubElement(
        etree.SubElement(feuille, _xsl("template"), match="*", mode=mode, priority="-1"),
        _xsl("apply-templates"),
        select="@*|node()",
        mode=mode,
    )
    for rang, regle in enumerate(motif.findall(_sch("rule"))):
        _regle(feuille, regle, mode=mode, priorite=PRIORITE_DE_DEPART - rang, textes=textes)


def _regle(
    feuille: etree._Element, regle: etree._Element, *, mode: str, priorite: int, textes: bool
) -> None:
    patron = etree.SubElement(
        feuille,
        _xsl("template"),
        match=regle.get("context") or "",
        mode=mode,
        priority=str(priorite),
    )
    for element in regle:
        if element.tag == _sch("let"):
            _variable(patron, element)
        elif element.tag in {_sch("assert"), _sch("report")}:
            _assertion(patron, element, textes=textes)
        else:
            raise SchematronIllisible(
                f"une règle contient « {etree.QName(element).localname} », que nous ne lisons pas."
            )
    etree.SubElement(patron, _xsl("apply-templates"), select="@*|node()", mode=mode)


def _variable(parent: etree._Element, variable: etree._Element) -> None:
    etree.SubElement(
        parent,
        _xsl("variable"),
        name=variable.get("name") or "",
        select=variable.get("value") or "",
    )


def _assertion(patron: etree._Element, assertion: etree._Element, *, textes: bool) -> None:
    est_un_rapport = assertion.tag == _sch("report")
    essai = assertion.get("test") or ""
    condition = etree.SubElement(
        patron, _xsl("if"), test=essai if est_un_rapport else f"not({essai})"
    )
    echec = etree.SubElement(
        condition, f"{{{SVRL}}}{'successful-report' if est_un_rapport else 'failed-assert'}"
    )
    # Un attribut d'un élément littéral est un gabarit : ses accolades se doublent.
    for nom in ("id", "role", "flag", "test"):
        if valeur := assertion.get(nom):
            echec.set(nom, valeur.replace("{", "{{").replace("}", "}}"))
    echec.set("location", "{path()}")
    for diagnostic in (assertion.get("diagnostics") or "").split()[:1]:
        etree.SubElement(echec, f"{{{SVRL}}}diagnostic-reference", diagnostic=diagnostic)
    if textes:
        _phrase(etree.SubElement(echec, f"{{{SVRL}}}text"), assertion)


def _phrase(texte: etree._Element, assertion: etree._Element) -> None:
    """La phrase de la règle : ses mots, et les valeurs qu'elle va chercher dans le document."""
    _mots(texte, assertion.text)
    for morceau in assertion:
        if morceau.tag == _sch("value-of"):
            etree.SubElement(texte, _xsl("value-of"), select=morceau.get("select") or "''")
        elif morceau.tag == _sch("name"):
            etree.SubElement(texte, _xsl("value-of"), select=f"name({morceau.get('path') or '.'})")
        _mots(texte, morceau.tail)


def _mots(texte: etree._Element, mots: str | None) -> None:
    if mots and mots.strip():
        etree.SubElement(texte, _xsl("text")).text = mots


def _sch(nom: str) -> str:
    return f"{{{SCH}}}{nom}"


def _xsl(nom: str) -> str:
    return f"{{{XSL}}}{nom}"
