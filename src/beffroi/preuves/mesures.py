"""Ce que la sonde a mesuré du service, en phrases pour le papier, en données pour le JSON."""

from typing import Any

from beffroi.journal import chainage
from beffroi.sonde import contenu
from beffroi.sonde.queries import Sante
from formats import dates, durees, tailles
from formats.pluriels import compter

ECHECS_DITS = 10
SANS_SONDE = "La sonde n'a rien mesuré dans cette fenêtre : rien n'est dit ici de ce qui marchait."
SANS_HORLOGE = "L'horloge du serveur n'a été comparée à aucune autre : son écart n'est pas mesuré."


def en_phrases(sante: Sante, *, fenetre: tuple[str, str]) -> list[str]:
    """Du plus important au détail ; ce qui n'a pas été mesuré se dit."""
    if not sante.mesures:
        return [SANS_SONDE, *_horloge(sante)]
    phrases = [
        f"Du {fenetre[0]} au {fenetre[1]}, la sonde de la plateforme a fait {compter(sante.mesures, 'dépôt')} d'essai par les "
        f"adresses publiques, pour {tailles.nombre(sante.attendues)} à faire. Aboutis : {tailles.nombre(sante.reussies)}, "
        f"soit {sante.part.en_clair}. Plus long moment sans mesure : {durees.humaniser(sante.plus_long_silence)}."
    ]
    if sante.inventees:
        phrases.append(
            f"Mesures inventées pour la démonstration, qui n'ont pas été faites : {tailles.nombre(sante.inventees)}."
        )
    if sante.echecs:
        dits = [
            f"{dates.jour_et_heure(echec.commencee_le)}, étape « {echec.get_etape_display()} »"
            for echec in sante.echecs[:ECHECS_DITS]
        ]
        reste = len(sante.echecs) - ECHECS_DITS
        suite = f", et {compter(reste, 'autre')}, dans preuve.json" if reste > 0 else ""
        phrases.append(f"Essais manqués : {' ; '.join(dits)}{suite}.")
    return [*phrases, *_horloge(sante)]


def _horloge(sante: Sante) -> list[str]:
    pire = sante.ecart_le_plus_grand
    if pire is None:
        return [SANS_HORLOGE]
    return [
        f"Plus grand écart mesuré de l'horloge du serveur : {abs(pire.ecart_ms or 0)} ms, à {pire.marge_ms} ms près, avec "
        f"{pire.source}, le {dates.jour_et_heure(pire.le)}."
    ]


def en_donnees(sante: Sante) -> dict[str, Any]:
    """Les mesures elles-mêmes sont dans les écritures jointes, à la lettre."""
    return {
        "attendues": sante.attendues,
        "mesures": sante.mesures,
        "reussies": sante.reussies,
        "rejouees": sante.rejouees,
        "inventees": sante.inventees,
        "mediane_ms": sante.mediane_ms,
        "p95_ms": sante.p95_ms,
        "plus_long_silence_s": int(sante.plus_long_silence.total_seconds()),
        "echecs": [contenu.de_la_mesure(echec) for echec in sante.echecs],
        "horloges": [contenu.de_l_ecart(ecart) for ecart in sante.ecarts],
        "ecritures": list(sante.ecritures),
        "pas_encore_au_registre": sante.non_figees,
        "jusqu_a": chainage.instant(sante.fin),
    }
