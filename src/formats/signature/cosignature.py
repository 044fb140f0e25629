"""Un contrat se signe à deux :
ce qui suit la première signature n'est-il que d'autres signatures, invisibles ?

Une révision ajoutée peut remplacer tout ce qui s'affiche. N'est donc admise que celle qui crée un
champ de signature sans apparence, et rien d'autre : ni texte, ni image, ni valeur d'un champ, ni
page. Le fichier entier doit être couvert par la dernière signature.
"""

import re
from functools import cache
from typing import Any

_FIN = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF\s*\Z")
_DU_CATALOGUE = {"/AcroForm", "/DSS", "/Extensions", "/Metadata", "/Perms", "/Version"}
_DE_LA_FICHE = {"/ModDate", "/Producer"}
COSIGNE = (
    "Le document est couvert tout entier ; seules d'autres signatures, invisibles, "
    "ont été ajoutées ensuite."
)


def n_ajoute_que_des_signatures(octets: bytes, signature: Any, suivantes: list[Any]) -> bool:
    """`suivantes` : les signatures mises après celle-ci, dans l'ordre ;
    la dernière doit fermer le fichier.
    """
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.diff_analysis import ModificationLevel, SuspiciousModification

    if not suivantes or not est_d_un_seul_tenant(octets, suivantes[-1], fin=len(octets)):
        return False
    debut, longueur, suite, fin = (int(n) for n in signature.byte_range)
    if (
        not est_d_un_seul_tenant(octets[: suite + fin], signature, fin=suite + fin)
        or debut + longueur > suite
    ):
        return False
    try:
        issue = signature.evaluate_modifications(_politique())
    except (PdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False
    if (
        isinstance(issue, SuspiciousModification)
        or issue.modification_level is ModificationLevel.OTHER
    ):
        return False
    avant = {une.field_name for une in signature.reader.embedded_regular_signatures} - {
        u.field_name for u in suivantes
    }
    return all(
        _est_invisible(champ) for nom, champ in _champs(signature.reader) if nom not in avant
    )


def seulement_signe_depuis(lecteur: Any) -> int | None:
    """L'adresse de la table de la première révision,
    si tout ce qui la suit n'est que des signatures ; rien autrement.

    Une signature visible est admise ici : elle dessine sur la page, et qui la lit la voit.
    """
    from pyhanko.pdf_utils.misc import PdfError

    try:
        suivie = _ne_suivent_que_des_signatures(lecteur)
    except (PdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        return None
    return int(lecteur.xrefs.get_startxref_for_revision(0)) if suivie else None


def _ne_suivent_que_des_signatures(lecteur: Any) -> bool:
    """Aucun objet de la première révision n'a disparu ;
    ceux qui changent ne gagnent que ce qu'une signature y met.
    """
    rangs = range(1, lecteur.total_revisions)
    premiere, derniere = (
        lecteur.get_historical_resolver(rang) for rang in (0, lecteur.total_revisions - 1)
    )
    d_origine = lecteur.xrefs.explicit_refs_in_revision(0)
    if lecteur.xrefs.hybrid_xrefs_present or any(
        lecteur.xrefs.refs_freed_in_revision(rang) & d_origine for rang in rangs
    ):
        return False
    if premiere.trailer_view.raw_get("/Root") != derniere.trailer_view.raw_get("/Root"):
        return False
    touches = (
        set().union(*(lecteur.xrefs.explicit_refs_in_revision(rang) for rang in rangs)) & d_origine
    )
    racine = premiere.root_ref
    return all(
        _ne_gagne_que_des_signatures(premiere(ref), derniere(ref), est_la_racine=ref == racine)
        for ref in touches
    )


def _ne_gagne_que_des_signatures(avant: Any, apres: Any, *, est_la_racine: bool) -> bool:
    """Le catalogue gagne un formulaire ; une page, des champs de signature ;
    la fiche du document, une date.
    """
    if not (isinstance(avant, dict) and isinstance(apres, dict)):
        return False
    changees = {cle for cle in {*avant, *apres} if _brut(avant, cle) != _brut(apres, cle)}
    if est_la_racine:
        return changees <= _DU_CATALOGUE and "/AcroForm" not in avant
    if avant.get("/Type") == "/Page":
        return changees <= {"/Annots"} and _n_ajoute_que_des_champs(
            avant.get("/Annots", []), apres.get("/Annots", [])
        )
    return changees <= _DE_LA_FICHE or avant.get("/Type") == "/Metadata"


def _n_ajoute_que_des_champs(avant: Any, apres: Any) -> bool:
    deja = [avant.raw_get(rang) for rang in range(len(avant))]
    brutes = [apres.raw_get(rang) for rang in range(len(apres))]
    ajoutees = [apres[rang] for rang, brute in enumerate(brutes) if brute not in deja]
    return all(une in brutes for une in deja) and all(
        une.get("/Subtype") == "/Widget" and une.get("/FT") == "/Sig" for une in ajoutees
    )


def _brut(objet: Any, cle: str) -> Any:
    return objet.raw_get(cle) if cle in objet else None


def adresse_de_la_table(pdf: bytes) -> int | None:
    """Ce que la fin d'un PDF dit de l'adresse de sa table (ISO 32000-2, 7.5.5) :
    elle désigne sa dernière révision.
    """
    dite = _FIN.search(pdf)
    return int(dite[1]) if dite else None


def _champs(lecteur: Any) -> list[tuple[str, Any]]:
    from pyhanko.sign.fields import enumerate_sig_fields

    return [(nom, reference.get_object()) for nom, _, reference in enumerate_sig_fields(lecteur)]


def _est_invisible(champ: Any) -> bool:
    """Sans surface ni apparence : rien ne peut s'y dessiner par-dessus ce qui est signé."""
    bornes = [float(n) for n in champ.get("/Rect", (0, 0, 1, 1))]
    return (
        "/AP" not in champ
        and "/Kids" not in champ
        and bornes[0] == bornes[2]
        and bornes[1] == bornes[3]
    )


@cache
def _politique() -> Any:
    """Rien qu'un champ de signature de plus ;
    ni les autres champs, ni les preuves jointes, que la politique d'office admet.
    """
    from pyhanko.sign import diff_analysis

    ecarts: Any = diff_analysis  # ses règles ne sont pas typées
    minime = ecarts.ModificationLevel.LTA_UPDATES
    return ecarts.StandardDiffPolicy(
        global_rules=[
            ecarts.CatalogModificationRule(),
            ecarts.DocInfoRule().as_qualified(minime),
            ecarts.XrefStreamRule().as_qualified(minime),
            ecarts.ObjectStreamRule().as_qualified(minime),
            ecarts.MetadataUpdateRule().as_qualified(minime),
        ],
        form_rule=ecarts.FormUpdatingRule(
            field_rules=[ecarts.SigFieldCreationRule(), ecarts.SigFieldModificationRule()]
        ),
    )


def est_d_un_seul_tenant(octets: bytes, signature: Any, *, fin: int) -> bool:
    """Le seul endroit non signé est la signature elle-même,
    en hexadécimal, et rien d'autre ne s'y loge.
    """
    debut, longueur, suite, reste = (int(n) for n in signature.byte_range)
    trou = octets[longueur:suite]
    if debut != 0 or suite + reste != fin or trou[:1] != b"<" or trou[-1:] != b">":
        return False
    try:
        contenu = bytes.fromhex(trou[1:-1].decode("ascii"))
        apres = contenu[len(_der(contenu)) :]
    except ValueError:
        return False
    return contenu == bytes(signature.pkcs7_content) and not apres.strip(b"\0")


def _der(contenu: bytes) -> bytes:
    """La signature elle-même ; ce qui la suit dans le trou n'est que du remplissage."""
    from asn1crypto import parser

    *_, entete, corps, fin = parser.parse(contenu, strict=False)
    return bytes(entete + corps + fin)
