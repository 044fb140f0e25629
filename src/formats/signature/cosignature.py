"""Un contrat se signe à deux : ce qui suit la première signature n'est-il que d'autres signatures, invisibles ?

Une révision ajoutée peut remplacer tout ce qui s'affiche. N'est donc admise que celle qui crée un champ de signature sans
apparence, et rien d'autre : ni texte, ni image, ni valeur d'un champ, ni page. Le fichier entier doit être couvert par la
dernière signature.
"""

from functools import cache
from typing import Any

COSIGNE = "Le document est couvert tout entier ; seules d'autres signatures, invisibles, ont été ajoutées ensuite."


def n_ajoute_que_des_signatures(octets: bytes, signature: Any, suivantes: list[Any]) -> bool:
    """`suivantes` : les signatures mises après celle-ci, dans l'ordre ; la dernière doit fermer le fichier."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.diff_analysis import ModificationLevel, SuspiciousModification

    if not suivantes or not est_d_un_seul_tenant(octets, suivantes[-1], fin=len(octets)):
        return False
    debut, longueur, suite, fin = (int(n) for n in signature.byte_range)
    if not est_d_un_seul_tenant(octets[: suite + fin], signature, fin=suite + fin) or debut + longueur > suite:
        return False
    try:
        issue = signature.evaluate_modifications(_politique())
    except (PdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False
    if isinstance(issue, SuspiciousModification) or issue.modification_level is ModificationLevel.OTHER:
        return False
    avant = {une.field_name for une in signature.reader.embedded_regular_signatures} - {u.field_name for u in suivantes}
    return all(_est_invisible(champ) for nom, champ in _champs(signature.reader) if nom not in avant)


def _champs(lecteur: Any) -> list[tuple[str, Any]]:
    from pyhanko.sign.fields import enumerate_sig_fields

    return [(nom, reference.get_object()) for nom, _, reference in enumerate_sig_fields(lecteur)]


def _est_invisible(champ: Any) -> bool:
    """Sans surface ni apparence : rien ne peut s'y dessiner par-dessus ce qui est signé."""
    bornes = [float(n) for n in champ.get("/Rect", (0, 0, 1, 1))]
    return "/AP" not in champ and "/Kids" not in champ and bornes[0] == bornes[2] and bornes[1] == bornes[3]


@cache
def _politique() -> Any:
    """Rien qu'un champ de signature de plus ; ni les autres champs, ni les preuves jointes, que la politique d'office admet."""
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
    """Le seul endroit non signé est la signature elle-même, en hexadécimal, et rien d'autre ne s'y loge."""
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
