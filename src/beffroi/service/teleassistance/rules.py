"""Ce qui est accepté, mot pour mot, et les limites d'un partage.

Pures : le temps et les comptes sont donnés.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import timedelta

from beffroi.socle.budgets.rules import Budget
from droit.decision import Decision, Motif

# Un dépôt hors délai s'aide encore ; au-delà, un partage n'est plus de cette réponse.
APRES_L_HEURE_LIMITE = timedelta(hours=1)
_CE_QUI_EST_VU = (
    (
        "Un agent du centre de gestion verra ce que vous choisirez de montrer : un onglet, "
        "une fenêtre, ou l'écran."
    ),
    (
        "Il voit seulement. Il ne peut ni cliquer, ni écrire à votre place, "
        "ni commander votre ordinateur."
    ),
)
_CE_QUI_S_ARRETE = (
    (
        "Les fichiers d'une réponse et les écrans d'une clé se floutent d'eux-mêmes sur ce site. "
        "Ailleurs, rien ne se floute."
    ),
    "Vous arrêtez quand vous voulez, d'un clic.",
    "Le registre garde que vous avez accepté, qui a vu, le début et la fin.",
)
# Ce qui a été accepté, version après version (REQ-06). Chaque accord garde l'empreinte de la
# sienne : une version parue ne se récrit pas, la suivante s'ajoute à la fin.
VERSIONS = (
    (
        *_CE_QUI_EST_VU,
        (
            "Rien n'est enregistré : ni image, ni son, ni ce que vous vous écrivez. "
            "Le son passe par le téléphone."
        ),
        *_CE_QUI_S_ARRETE,
    ),
    (
        *_CE_QUI_EST_VU,
        "Vous vous parlez au téléphone, ou ici. Ici, "
        "votre micro reste coupé tant que vous n'appuyez pas sur « Parler », "
        "et vous le coupez quand vous voulez.",
        "Rien n'est enregistré : ni image, ni voix, ni ce que vous vous écrivez.",
        *_CE_QUI_S_ARRETE,
    ),
)
CE_QUI_EST_ACCEPTE = VERSIONS[-1]
VIE_DU_CODE = timedelta(minutes=10)
# Une aide plus longue se reprend avec un nouvel accord.
DUREE_AU_PLUS = timedelta(hours=2)
ESSAIS_MANQUES_AU_PLUS = 5
ESSAIS_COMPTES_PENDANT = timedelta(minutes=10)
# Avant qu'un agent ne tape un code juste par hasard, il faudrait que presque tous soient pris.
EN_ATTENTE_AU_PLUS = 200
# Ni compte, ni demande suivie : un visiteur ne prend pas la place des autres, même en remplaçant
# son accord par un autre. Une mairie a souvent une seule adresse de réseau.
ACCORDS_D_INCONNUS = Budget(
    acte="teleassistance.consentir",
    par_reseau=5,
    en_tout=EN_ATTENTE_AU_PLUS // 2,
    pendant=VIE_DU_CODE,
    sinon="Connectez-vous, ou partez de votre demande.",
)
ACCORDS_PAR_LIEN = Budget(
    acte="teleassistance.consentir_par_lien",
    par_reseau=5,
    en_tout=EN_ATTENTE_AU_PLUS // 2,
    pendant=VIE_DU_CODE,
    sinon="Connectez-vous, ou gardez la ligne.",
    par="lien",
)

OCTETS_D_UN_SIGNAL = 16 * 1024
SIGNAUX_PAR_COTE = 64
PERSONNE, CENTRE = "personne", "centre"
PRET, OFFRE, REPONSE, CANDIDAT = "pret", "offre", "reponse", "candidat"
GENRES = {PERSONNE: frozenset({OFFRE, CANDIDAT}), CENTRE: frozenset({PRET, REPONSE, CANDIDAT})}

_SIX_CHIFFRES = re.compile(r"[0-9]{6}")


def empreinte_du_texte(texte: tuple[str, ...] = CE_QUI_EST_ACCEPTE) -> str:
    """Ce qui distingue, au registre, le texte accepté de ceux d'avant et d'après."""
    return hashlib.sha256("\n".join(texte).encode()).hexdigest()


def peut_parler_ici(*, texte_accepte: str) -> bool:
    """Qui a accepté que le son passe par le téléphone n'a pas accepté qu'il passe par son micro."""
    return texte_accepte in map(empreinte_du_texte, VERSIONS[1:])


def code_tape(texte: str) -> str:
    """Le code tel qu'il se compare, sans ses espaces ; vide s'il n'a pas six chiffres."""
    serre = "".join(texte.split())
    return serre if _SIX_CHIFFRES.fullmatch(serre) else ""


def code_dicte(code: str) -> str:
    """« 482 915 » : deux groupes de trois, comme on le dit au téléphone."""
    return f"{code[:3]} {code[3:]}"


def designe(tape: str, codes: Mapping[str, str]) -> str:
    """La référence dont le code est celui qui est tapé.

    Tous se comparent, en temps constant : la durée ne dit rien.
    """
    trouvee = ""
    for reference, code in codes.items():
        if hmac.compare_digest(code.encode(), tape.encode()):
            trouvee = reference
    return trouvee


def peut_essayer(*, manques: int) -> Decision:
    """Cinq codes faux en dix minutes : un million de codes ne s'essaient pas."""
    return Decision.selon(
        None
        if manques < ESSAIS_MANQUES_AU_PLUS
        else Motif(
            "Cinq codes faux de suite. Attendez dix minutes, "
            "et faites redicter le code chiffre par chiffre."
        )
    )


def peut_attendre(*, en_attente: int) -> Decision:
    """Peu de codes vivent ensemble : en taper un au hasard ne mène à personne.

    La moitié des places reste à qui a un compte ou une demande (`ACCORDS_D_INCONNUS`).
    """
    return Decision.selon(
        Motif(
            "Trop de personnes attendent déjà. Gardez la ligne : "
            "l'agent vous dira quand recommencer."
        )
        if en_attente >= EN_ATTENTE_AU_PLUS
        else None
    )


def signal_recevable(*, cote: str, genre: str, octets: int, deja: int) -> Decision:
    """Un signal joint deux navigateurs. Ni long, ni nombreux, il ne porte rien d'autre."""
    return Decision.selon(
        None
        if genre in GENRES[cote]
        else Motif("Ce message n'est pas de ceux qui joignent deux navigateurs."),
        None if octets <= OCTETS_D_UN_SIGNAL else Motif("Ce message est trop long."),
        None
        if deja < SIGNAUX_PAR_COTE
        else Motif("Trop de messages : recommencez avec un nouveau code."),
    )
