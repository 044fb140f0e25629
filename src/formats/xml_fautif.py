"""Dire en français où, et pourquoi, un XML ne se lit pas : l'analyseur, lui, parle anglais."""

from lxml import etree

_FAUTES = {
    etree.ErrorTypes.ERR_DOCUMENT_EMPTY: "le fichier est vide, ou ne commence pas par une balise",
    etree.ErrorTypes.ERR_DOCUMENT_END: (
        "le fichier continue après sa dernière balise, ou s'arrête avant elle"
    ),
    etree.ErrorTypes.ERR_TAG_NAME_MISMATCH: "une balise est fermée par une autre que la sienne",
    etree.ErrorTypes.ERR_TAG_NOT_FINISHED: "une balise n'est pas fermée",
    etree.ErrorTypes.ERR_UNDECLARED_ENTITY: "une entité n'est pas déclarée",
    etree.ErrorTypes.ERR_RESOURCE_LIMIT: (
        "ses entités se multiplient, ou une de ses parties est démesurée"
    ),
}


def faute_de_xml(erreur: etree.XMLSyntaxError) -> str:
    """« ligne 3 : une balise n'est pas fermée »."""
    return (
        f"ligne {erreur.lineno or 1} : "
        f"{_FAUTES.get(erreur.code, 'une balise ou un caractère y est mal placé')}"
    )
