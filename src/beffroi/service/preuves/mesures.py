"""Ce que la sonde a mesuré du service, en phrases pour le papier, en données pour le JSON."""

from typing import Any

from beffroi.service.sonde import contenu
from beffroi.service.sonde.queries import Sante, SanteDehors, SanteDuServeur
from beffroi.socle.journal import chainage
from formats import dates, durees, tailles
from formats.pluriels import compter

ECHECS_DITS = 10
SANS_SONDE = "La sonde n'a rien mesuré dans cette période : rien n'est dit ici de ce qui marchait."
SANS_COMPTE = (
    "Les réponses du serveur n'ont pas été comptées dans cette période : "
    "ni pannes ni saturation n'y sont mesurées."
)
SANS_PLACE = "La place libre n'a pas été mesurée dans cette période."
SANS_DEHORS = "Aucune sonde extérieure n'a remis de mesure de cette période."
SANS_HORLOGE = "L'horloge du serveur n'a été comparée à aucune autre : son écart n'est pas mesuré."


def en_phrases(sante: Sante, *, fenetre: tuple[str, str]) -> list[str]:
    """Du plus important au détail ; ce qui n'a pas été mesuré se dit."""
    autour = [*_horloge(sante), *_serveur(sante.serveur), *_dehors(sante)]
    if not sante.mesures:
        return [SANS_SONDE, *autour]
    phrases = [
        f"Du {fenetre[0]} au {fenetre[1]}, la sonde de la plateforme a fait "
        f"{compter(sante.mesures, 'dépôt')} d'essai par les "
        f"adresses publiques, pour {tailles.nombre(sante.attendues)} à faire. Aboutis : "
        f"{tailles.nombre(sante.reussies)}, "
        f"soit {sante.part.en_clair}. Plus long moment sans mesure : "
        f"{durees.humaniser(sante.plus_long_silence)}."
    ]
    if sante.inventees:
        phrases.append(
            "Mesures inventées pour la démonstration, qui n'ont pas été faites : "
            f"{tailles.nombre(sante.inventees)}."
        )
    if sante.echecs:
        dits = [
            f"{dates.jour_et_heure(echec.commencee_le)}, étape « {echec.get_etape_display()} »"
            for echec in sante.echecs[:ECHECS_DITS]
        ]
        reste = len(sante.echecs) - ECHECS_DITS
        suite = f", et {compter(reste, 'autre')}, dans le fichier JSON joint" if reste > 0 else ""
        phrases.append(f"Essais manqués : {' ; '.join(dits)}{suite}.")
    return [*phrases, *autour]


def en_bref(sante: Sante) -> str:
    """Une phrase, pour une heure limite qui n'est plus la dernière."""
    if not sante.mesures:
        return "La sonde n'y a rien mesuré."
    return (
        f"Dépôts d'essai aboutis : {tailles.nombre(sante.reussies)} sur "
        f"{tailles.nombre(sante.mesures)}."
    )


def _horloge(sante: Sante) -> list[str]:
    pire = sante.ecart_le_plus_grand
    if pire is None:
        return [SANS_HORLOGE]
    return [
        f"Plus grand écart mesuré de l'horloge du serveur : {abs(pire.ecart_ms or 0)} ms, "
        f"à {pire.marge_ms} ms près, avec "
        f"{pire.source}, le {dates.jour_et_heure(pire.le)}."
    ]


def _serveur(serveur: SanteDuServeur) -> list[str]:
    """Les pannes, la saturation, la place :
    des parts, jamais un nombre de réponses, qui dirait qui dépose.
    """
    if not serveur.comptees:
        phrases = [SANS_COMPTE]
    else:
        minutes = compter(len(serveur.comptees), "minute")
        phrases = [
            (
                f"Réponses du serveur comptées pendant {minutes}. "
                f"{_pannes(serveur)} {_occupation(serveur)}"
            )
        ]
    moindre = serveur.place_la_moindre
    if moindre is None:
        return [*phrases, SANS_PLACE]
    quand = dates.jour_et_heure(moindre.minute)
    return [
        *phrases,
        (
            "Moindre place libre mesurée là où les réponses s'écrivent : "
            f"{moindre.place_pour_cent} %, le {quand}."
        ),
    ]


def _pannes(serveur: SanteDuServeur) -> str:
    pire = serveur.pire
    if pire is None:
        return "Aucune n'était une panne (statut 5xx)."
    return (
        f"Minutes avec une panne (statut 5xx) : {tailles.nombre(len(serveur.en_erreur))}. "
        f"La pire : {pire.erreurs_pour_cent} % "
        f"des réponses au plus, le {dates.jour_et_heure(pire.minute)}."
    )


def _occupation(serveur: SanteDuServeur) -> str:
    pleine = serveur.plus_occupee
    assert pleine is not None
    return (
        f"Au plus fort, le serveur tenait {pleine.occupation_pour_cent} % au plus des requêtes "
        "qu'il peut tenir à la fois."
    )


def _dehors(sante: Sante) -> list[str]:
    """Chaque sonde d'ailleurs, à part : la plateforme répète ce qu'elle a dit, et ne l'a pas vu."""
    return [_d_une_sonde(une) for une in sante.dehors] or [SANS_DEHORS]


def _d_une_sonde(une: SanteDehors) -> str:
    dits = [dates.jour_et_heure(echec.le) for echec in une.echecs[:ECHECS_DITS]]
    manquees = (
        f" Manquées : {' ; '.join(dits)}{' ; …' if len(une.echecs) > ECHECS_DITS else ''}."
        if dits
        else ""
    )
    return (
        f"Sonde extérieure « {une.source} », qui ne dépend pas de la plateforme. "
        "Mesures qu'elle a remises : "
        f"{tailles.nombre(len(une.mesures))}, dont {tailles.nombre(une.apres_coup)} après coup. "
        "Réussies : "
        f"{tailles.nombre(une.reussies)}, soit {une.part.en_clair}.{manquees}"
    )


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
        "serveur": _serveur_en_donnees(sante.serveur),
        "sondes_exterieures": [_dehors_en_donnees(une) for une in sante.dehors],
        "ecritures": list(sante.ecritures),
        "pas_encore_au_registre": sante.non_figees,
        "jusqu_a": chainage.instant(sante.fin),
    }


def _serveur_en_donnees(serveur: SanteDuServeur) -> dict[str, Any]:
    pleine, moindre = serveur.plus_occupee, serveur.place_la_moindre
    return {
        "minutes_comptees": len(serveur.comptees),
        "minutes_en_erreur": [contenu.de_la_minute(minute) for minute in serveur.en_erreur],
        "plus_occupee": contenu.de_la_minute(pleine) if pleine else None,
        "place_la_moindre": contenu.de_la_minute(moindre) if moindre else None,
    }


def _dehors_en_donnees(une: SanteDehors) -> dict[str, Any]:
    return {
        "source": une.source,
        "mesures": len(une.mesures),
        "reussies": une.reussies,
        "apres_coup": une.apres_coup,
        "echecs": [contenu.de_l_exterieure(echec) for echec in une.echecs],
    }
