"""À qui écrire et quand, ce qu'un courrier doit dire,
et ce qu'un message ne reçoit jamais : une offre.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from beffroi.achat.consultations.states import Etat
from beffroi.choix.echanges.mots import Sorte
from beffroi.choix.echanges.personnalisation import (
    AVANT,
    DE_LA_RENONCIATION,
    PROPRE,
    champs_de,
    reste_a_ecrire,
    reste_dans_le_propre,
)
from beffroi.socle.guichet.limites import PIECES_PAR_ENVOI
from droit.citation import Article, Jurisprudence
from droit.decision import Decision, Motif
from formats import tailles

SIGNES_PAR_TEXTE = 20_000
SIGNES_DU_SUJET = 200
DESTINATAIRES_PAR_COURRIER = 500
# Un garde-fou : chaque réponse écrit à l'acheteur.
RETOURS_PAR_FIL = 100
# Sans lecture passé ce temps, la liste de suivi propose de relancer.
SANS_LECTURE = timedelta(days=2)
ENTRE_DEUX_ALERTES = timedelta(hours=1)
ALERTES_PAR_EXEMPLAIRE = 20

FERMES = (Etat.BROUILLON, Etat.EN_RELECTURE, Etat.PROGRAMMEE, Etat.ARCHIVEE)
# Une offre confiée à la messagerie n'est pas déposée : irrégulière, sans droit à être régularisée.
PAR_MESSAGE = Jurisprudence("TA Caen", "15 mai 2025", "2501303")
MESSAGERIE = Article("CCP", "annexe 7, art. 1")
SANS_NEGOCIATION = Article("CCP", "R. 2161-5")
RENONCIATION = Article("CCP", "R. 2185-1")
MOTIFS_DE_LA_RENONCIATION = Article("CCP", "R. 2185-2")
# Ce à quoi une entreprise peut répondre par des documents d'offre, une fois sa réponse ouverte.
CHANGENT_L_OFFRE = (Sorte.REGULARISATION, Sorte.NEGOCIATION)
DEMANDENT_DES_DOCUMENTS = (Sorte.PRECISIONS, *CHANGENT_L_OFFRE)


# ---------------------------------------------------------------- à qui, et quand


def peut_ecrire(*, etat: str) -> Decision:
    """On s'écrit sur une consultation publiée, jusqu'à son archivage (CCP, annexe 7, art. 1)."""
    if etat not in FERMES:
        return Decision.accord()
    return Decision.refus(
        Motif(
            "Cette consultation n'est pas publiée, ou est archivée : on n'y écrit pas.", MESSAGERIE
        )
    )


def auteurs_de_questions_connus(*, limite: datetime, maintenant: datetime) -> bool:
    """Qui demande répondra :
    son nom ne se lit qu'après l'heure limite, comme à la page des questions.
    """
    return maintenant > limite


def sorte_permise(
    sorte: str, *, reponse_ouverte: bool, se_negocie: bool, sans_suite: bool = False
) -> Decision:
    """Rien ne s'examine avant l'ouverture :
    seul un message libre s'écrit à qui n'a pas de réponse ouverte.

    Une renonciation, elle, s'annonce à tous ceux que l'acheteur connaît, une fois déclarée.
    """
    nommee = Sorte(sorte)
    if nommee == Sorte.SANS_SUITE:
        return renonciation_annoncee(sans_suite=sans_suite)
    if nommee.examen is None:
        return Decision.accord()
    return Decision.selon(
        Motif(
            f"« {nommee.label} » ne s'adresse qu'à une entreprise dont la réponse est ouverte.",
            nommee.examen,
        )
        if not reponse_ouverte
        else None,
        Motif("Cette procédure ne se négocie pas : les offres reçues sont définitives.")
        if nommee == Sorte.NEGOCIATION and not se_negocie
        else None,
        Motif(
            (
                "La procédure est déclarée sans suite : rien ne s'y négocie, "
                "aucun marché ne s'y notifie."
            ),
            RENONCIATION,
        )
        if nommee in (Sorte.NEGOCIATION, Sorte.NOTIFICATION) and sans_suite
        else None,
    )


def renonciation_annoncee(*, sans_suite: bool) -> Decision:
    """Le courrier redit un acte fait :
    renoncer d'abord, dire pourquoi ensuite (CCP, art. R. 2185-1 et R. 2185-2).
    """
    if sans_suite:
        return Decision.accord()
    return Decision.refus(
        Motif(
            (
                "Déclarez d'abord la procédure sans suite, à la page « Suivre » : "
                "le courrier en reprend le motif."
            ),
            MOTIFS_DE_LA_RENONCIATION,
        )
    )


# ---------------------------------------------------------------- le courrier


@dataclass(frozen=True)
class FaitsDuCourrier:
    """Le courrier tel qu'il partirait :
    `propres` est le texte propre de chaque entreprise, par son nom.
    """

    sorte: str
    sujet: str
    texte: str
    reponse_avant: datetime | None
    propres: Sequence[tuple[str, str]]
    sans_personne: Collection[str] = ()
    sans_suite: bool = False

    @property
    def champs(self) -> list[str]:
        return champs_de(f"{self.sujet}\n{self.texte}")

    @property
    def propres_lus(self) -> Sequence[tuple[str, str]]:
        """Ceux que le courrier appelle ; les autres ne partent pas."""
        return self.propres if PROPRE in self.champs else ()

    @property
    def tous_les_champs(self) -> set[str]:
        return {
            *self.champs,
            *(champ for _, propre in self.propres_lus for champ in champs_de(propre)),
        }


def sujet_recevable(sujet: str) -> Decision:
    """Un sujet tient sur une ligne, sans signe invisible :
    il ne glisse pas d'en-tête dans un courriel.
    """
    invisibles = any(unicodedata.category(signe) in {"Cc", "Zl", "Zp", "Cs"} for signe in sujet)
    return Decision.selon(
        Motif("Écrivez un sujet.") if not sujet.strip() else None,
        Motif("Le sujet tient sur une ligne, sans signe invisible.") if invisibles else None,
        Motif(f"Le sujet a {SIGNES_DU_SUJET} signes au plus.")
        if len(sujet) > SIGNES_DU_SUJET
        else None,
    )


def texte_recevable(texte: str) -> Decision:
    return Decision.selon(
        Motif("Écrivez votre texte.") if not texte.strip() else None,
        Motif(
            f"Ce texte dépasse {tailles.nombre(SIGNES_PAR_TEXTE)} signes. "
            "Joignez le reste dans un fichier."
        )
        if len(texte) > SIGNES_PAR_TEXTE
        else None,
    )


def peut_etre_envoye(faits: FaitsDuCourrier, *, maintenant: datetime) -> Decision:
    """Entier, sans rien à compléter,
    et avec le même délai pour tous s'il demande à régulariser (CCP, art. R. 2144-2).
    """
    restent = reste_a_ecrire(f"{faits.sujet}\n{faits.texte}")
    restent += [champ for _, propre in faits.propres_lus for champ in reste_dans_le_propre(propre)]
    vides = [nom for nom, propre in faits.propres_lus if not propre.strip()]
    return Decision.selon(
        *sujet_recevable(faits.sujet).motifs,
        *texte_recevable(faits.texte).motifs,
        Motif("Choisissez au moins une entreprise.") if not faits.propres else None,
        Motif(
            f"Un courrier va à {DESTINATAIRES_PAR_COURRIER} entreprises au plus. "
            "Faites-en plusieurs."
        )
        if len(faits.propres) > DESTINATAIRES_PAR_COURRIER
        else None,
        Motif(f"Il reste à écrire : {', '.join(f'[{champ}]' for champ in dict.fromkeys(restent))}.")
        if restent
        else None,
        Motif(f"Écrivez le texte propre à : {', '.join(vides)}.") if vides else None,
        Motif(
            "Donnez le dernier moment pour répondre, le même pour tous.",
            Article("CCP", "R. 2144-2"),
        )
        if faits.sorte == Sorte.REGULARISATION and faits.reponse_avant is None
        else None,
        Motif(f"Votre texte dit [{AVANT}] : donnez ce dernier moment, ou retirez-le.")
        if faits.sorte != Sorte.REGULARISATION
        and AVANT in faits.tous_les_champs
        and faits.reponse_avant is None
        else None,
        Motif(
            "Votre texte annonce une renonciation qui n'est pas déclarée.",
            MOTIFS_DE_LA_RENONCIATION,
        )
        if not faits.sans_suite and faits.tous_les_champs & DE_LA_RENONCIATION
        else None,
        Motif("Le dernier moment pour répondre est passé. Donnez-en un autre.")
        if faits.reponse_avant is not None and faits.reponse_avant <= maintenant
        else None,
        Motif(
            f"Personne n'a de compte actif pour : {', '.join(faits.sans_personne)}. "
            "Écrivez-lui autrement."
        )
        if faits.sans_personne
        else None,
    )


def pieces_au_plus(*, deja: int, nouvelles: int) -> Decision:
    """Autant de fichiers pour une entreprise que pour toutes, et pas plus."""
    if deja + nouvelles <= PIECES_PAR_ENVOI:
        return Decision.accord()
    return Decision.refus(
        Motif(f"Une entreprise reçoit {PIECES_PAR_ENVOI} fichiers propres au plus : retirez-en.")
    )


# ---------------------------------------------------------------- relancer


def est_a_relancer(*, lu: bool, remis_le: datetime, refusee: bool, maintenant: datetime) -> bool:
    """Non lu : la boîte refuse l'alerte, ou deux jours ont passé."""
    return not lu and (refusee or maintenant >= remis_le + SANS_LECTURE)


def peut_relancer(
    *, lu: bool, derniere_le: datetime, refusee: bool, alertes: int, maintenant: datetime
) -> Decision:
    """Une alerte se répète tant que rien n'est lu, sans inonder personne."""
    return Decision.selon(
        Motif("Ce courrier est déjà lu : il n'y a rien à relancer.") if lu else None,
        Motif("Une alerte est partie il y a moins d'une heure. Attendez un peu.")
        if not lu and not refusee and maintenant < derniere_le + ENTRE_DEUX_ALERTES
        else None,
        Motif("Vingt alertes sont parties. Appelez l'entreprise.")
        if alertes >= ALERTES_PAR_EXEMPLAIRE
        else None,
    )


# ---------------------------------------------------------------- un message n'est pas un dépôt

_NOMS_D_OFFRE = (
    ("un acte d'engagement", re.compile(r"\bactes? (?:d ?)?engagement\b|\battri ?1\b|\bae\b")),
    (
        "un formulaire de candidature",
        re.compile(r"\bdc ?[1-4]\b|\bdume\b|\bespd\b|\bcandidatures?\b"),
    ),
    (
        "une pièce de prix",
        re.compile(
            r"\bbpu\b|\bdpgf\b|\bdqe\b|\bcdpgf\b|\bbordereau(?:x)?(?: des?)? prix\b|\bdetail "
            r"(?:quantitatif )?estimatif\b"
            r"|\bdecomposition (?:du|des) prix\b|\bdevis\b"
        ),
    ),
    (
        "un mémoire technique",
        re.compile(r"\bmemoires? (?:technique|justificatif|methodologique)s?\b"),
    ),
    (
        "une offre",
        re.compile(
            r"\boffres?\b|\bpropositions? (?:technique|financiere|commerciale|de prix)s?\b"
            r"|\bplis?\b"
        ),
    ),
)
_SCELLES = (".age", ".gpg", ".pgp", ".p7m", ".p7e", ".enc", ".asc")
_VOICI = (
    r"(?:\bci joints?\b|\bci jointe?s?\b|\bvoici\b|\bveuillez trouver\b|\bvous trouverez\b|\bje "
    r"(?:vous )?(?:adresse|transmets|"
    r"envoie|remets|depose)\b|\bnous (?:vous )?"
    r"(?:adressons|transmettons|envoyons|remettons|deposons)\b)"
    # Un mot de liaison entre les deux, et ce n'est plus l'offre que l'on remet :
    # « voici une question sur notre offre ».
    r"(?: (?!(?:sur|concernant|pour|de|du|des|d|a|au|aux|quant|que|qui|si)\b)\S+){0,6}?"
    r" (?:notre|nos|mon|ma|mes|l|une|un) "
)
_OFFRE = (
    r"(?:offres?|plis?|candidatures?|devis|propositions? "
    r"(?:technique|financiere|commerciale|de prix))\b"
)
_AUTRE, _REFAITE = (
    r"(?:meilleure|nouvelle|nouveau|derniere|ultime)s? ",
    r" (?:finale|modifiee?|amelioree?|revisee?|revue?)s?\b",
)
_REMISE = re.compile(f"{_VOICI}(?:{_AUTRE})?{_OFFRE}")
_AUTRE_OFFRE = re.compile(f"{_VOICI}(?:{_AUTRE}{_OFFRE}|{_OFFRE}{_REFAITE})")


def replie(texte: str) -> str:
    """Sans accent, sans casse, chaque séparateur réduit à un espace :
    « Acte_d'Engagement.PDF » se lit comme il se dit.
    """
    plat = unicodedata.normalize("NFKD", texte.casefold())
    sans_accent = "".join(signe for signe in plat if not unicodedata.combining(signe))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", sans_accent).split())


def ressemble_a_une_offre(nom: str) -> str:
    """Ce que le nom d'un fichier annonce d'une offre ou d'une candidature ;
    vide s'il n'annonce rien.
    """
    if nom.casefold().endswith(_SCELLES):
        return "un fichier scellé"
    lisible = replie(re.sub(r"([a-zà-ÿ])([A-ZÀ-Þ])", r"\1 \2", nom))
    return next((quoi for quoi, motif in _NOMS_D_OFFRE if motif.search(lisible)), "")


def texte_qui_remet_une_offre(texte: str) -> bool:
    """« Veuillez trouver ci-joint notre offre » remet une offre ;
    « notre offre est déposée » n'en remet pas.
    """
    return _REMISE.search(replie(texte)) is not None


@dataclass(frozen=True)
class Moment:
    """Où en est la procédure pour cette entreprise :
    une remise est attendue, sa réponse est ouverte, on l'a interrogée.

    `offre_figee` : rien ne se négocie, et l'acheteur n'a demandé que des précisions.
    """

    depot_attendu: bool
    reponse_ouverte: bool
    documents_demandes: bool
    offre_figee: bool = False

    @property
    def documents_admis(self) -> bool:
        return self.reponse_ouverte and self.documents_demandes and not self.depot_attendu


def n_est_pas_un_depot(*, texte: str, noms: Iterable[str], moment: Moment) -> Decision:
    """Un message n'est jamais un dépôt : une offre se dépose (TA Caen, 15 mai 2025, n° 2501303)."""
    if moment.documents_admis:
        return garde_son_offre(texte) if moment.offre_figee else Decision.accord()
    vus = [(nom, quoi) for nom in noms if (quoi := ressemble_a_une_offre(nom))]
    dits = [f"Le nom « {nom} » annonce {quoi}." for nom, quoi in vus]
    if texte_qui_remet_une_offre(texte):
        dits.append("Votre texte dit que vous remettez une offre.")
    suite = (
        (
            "Un message n'est pas un dépôt : l'acheteur devrait l'écarter. "
            "Déposez votre réponse à la page de dépôt."
        )
        if moment.depot_attendu
        else "L'acheteur ne vous l'a pas demandé : un message ne porte pas une offre."
    )
    return Decision.selon(*(Motif(f"{dit} {suite}", PAR_MESSAGE) for dit in dits))


def garde_son_offre(texte: str) -> Decision:
    """Préciser n'est pas changer :
    sans négociation, on demande seulement de préciser la teneur d'une offre (R. 2161-5).
    """
    if not _AUTRE_OFFRE.search(replie(texte)):
        return Decision.accord()
    return Decision.refus(
        Motif(
            "Votre texte dit que vous remettez une autre offre. "
            "L'acheteur vous demande de préciser celle qu'il a ouverte : "
            "elle ne change plus.",
            SANS_NEGOCIATION,
        )
    )


def peut_repondre(*, etat: str, texte: str, deja: int) -> Decision:
    """L'entreprise répond dans son fil tant que l'acheteur peut y écrire,
    sous une limite loin de ce qu'il faut.
    """
    return Decision.selon(
        *peut_ecrire(etat=etat).motifs,
        *texte_recevable(texte).motifs,
        Motif(f"Vous avez déjà envoyé {RETOURS_PAR_FIL} réponses ici. Appelez l'acheteur.")
        if deja >= RETOURS_PAR_FIL
        else None,
    )


@dataclass(frozen=True)
class Delai:
    """Le dernier moment qu'un courrier donne pour répondre ; `repondu` :
    avant que le dernier courrier parte.
    """

    avant: datetime
    repondu: bool


def dernier_moment(delais: Iterable[Delai], *, dernier_courrier_le: datetime) -> datetime | None:
    """Jusqu'à quand répondre dans un fil :
    un courrier sans date ne lève pas le délai qu'un autre a donné.

    Un délai vaut encore si, quand le dernier courrier est parti,
    il courait ou restait sans réponse ; le plus tardif l'emporte.
    """
    return max(
        (d.avant for d in delais if d.avant >= dernier_courrier_le or not d.repondu), default=None
    )


def est_hors_delai(*, recu_le: datetime, avant: datetime | None) -> bool:
    """Après le dernier moment pour répondre, la réponse est reçue et
    signalée : l'acheteur décide.
    """
    return avant is not None and recu_le > avant
