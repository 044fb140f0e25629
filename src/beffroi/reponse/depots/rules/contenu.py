"""Ce qu'une réponse peut contenir.

Seuls arrêtent : une limite dépassée, rien à déposer, ou une enveloppe impossible.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from droit.citation import Article
from droit.decision import Decision, Motif

HEXA_32 = re.compile(r"[0-9a-f]{32}")
HEXA_64 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class EnveloppeAnnoncee:
    """Une enveloppe telle que l'entreprise la déclare au dépôt."""

    enveloppe: str
    lot: int | None
    fichiers: tuple[str, ...]
    manifeste: str
    engagement: str
    empreinte: str

    @property
    def place(self) -> tuple[str, int | None]:
        return self.enveloppe, self.lot

    @property
    def intitule(self) -> str:
        nom = "la candidature" if self.enveloppe == "candidature" else "l'offre"
        return f"{nom} du lot {self.lot}" if self.lot is not None else nom


def nom_conserve(nom: str) -> str:
    """Le nom tel qu'il est gardé :
    les caractères de commande, que rien ne sait afficher, deviennent « _ ».

    Le nom n'est jamais un chemin : `../` ou un nom de commande restent du texte.
    """
    return "".join(
        "_" if unicodedata.category(signe) in {"Cc", "Cs"} else signe for signe in nom
    ).strip()


def place_dans_la_reponse(
    *,
    enveloppe: str,
    lot: int | None,
    lots_de_la_consultation: Collection[int],
    lots_de_la_reponse: Collection[int],
) -> Decision:
    """La candidature n'a pas de lot ;
    l'offre a le sien si la consultation est allotie (CCP, art. L. 2113-10).
    """
    return Decision.selon(
        _refus_de_place(enveloppe, lot, lots_de_la_consultation, lots_de_la_reponse)
    )


def peut_changer_de_composition(*, sur_invitation: bool) -> Decision:
    """Entre la candidature retenue et la signature,
    ni les lots ni le groupement ne changent (CCP, art. R. 2142-26).
    """
    if not sur_invitation:
        return Decision.accord()
    return Decision.refus(
        Motif(
            "Vous répondez avec les lots et le groupement de la candidature retenue. "
            "Pour les changer, écrivez à l'acheteur.",
            Article("CCP", "R. 2142-26"),
        )
    )


def _refus_de_place(
    enveloppe: str,
    lot: int | None,
    lots_de_la_consultation: Collection[int],
    lots_de_la_reponse: Collection[int],
) -> Motif | None:
    if enveloppe == "candidature":
        return (
            None
            if lot is None
            else Motif("Une candidature vaut pour tous les lots : n'en indiquez pas.")
        )
    if not lots_de_la_consultation:
        return (
            None
            if lot is None
            else Motif("Cette consultation n'a pas de lots : n'en indiquez pas.")
        )
    if lot is None:
        return Motif("Cette consultation est en lots : indiquez le lot de cette offre.")
    if lot not in lots_de_la_consultation:
        return Motif(f"Cette consultation n'a pas de lot {lot}.")
    return (
        None
        if lot in lots_de_la_reponse
        else Motif(f"Le lot {lot} n'est pas parmi ceux de votre réponse.")
    )


def contenu_deposable(enveloppes: Sequence[EnveloppeAnnoncee]) -> Decision:
    """Un dépôt a au moins une enveloppe ;
    chaque enveloppe, ses fichiers et son manifeste, une seule fois.
    """
    motifs = [] if enveloppes else [Motif("Il n'y a rien à déposer : ajoutez au moins un fichier.")]
    places = [enveloppe.place for enveloppe in enveloppes]
    for enveloppe in enveloppes:
        if places.count(enveloppe.place) > 1:
            motifs.append(Motif(f"Le dépôt annonce deux fois {enveloppe.intitule}."))
        motifs += _refus_d_enveloppe(enveloppe)
    fichiers = [
        fichier
        for enveloppe in enveloppes
        for fichier in (*enveloppe.fichiers, enveloppe.manifeste)
    ]
    if len(fichiers) != len(set(fichiers)):
        motifs.append(Motif("Un même fichier est annoncé deux fois dans ce dépôt."))
    return Decision.selon(*motifs)


def _refus_d_enveloppe(enveloppe: EnveloppeAnnoncee) -> list[Motif]:
    motifs = []
    if not enveloppe.fichiers:
        motifs.append(Motif(f"Il n'y a aucun fichier dans {enveloppe.intitule}."))
    if not HEXA_64.fullmatch(enveloppe.engagement):
        motifs.append(
            Motif(
                f"L'engagement sur le manifeste de {enveloppe.intitule} n'a pas la forme attendue."
            )
        )
    if not HEXA_32.fullmatch(enveloppe.empreinte):
        motifs.append(
            Motif(f"L'empreinte de la clé de {enveloppe.intitule} n'a pas la forme attendue.")
        )
    return motifs
