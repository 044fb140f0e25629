"""Des fiches dans l'index, sans passer par la publication : de quoi chercher."""

from datetime import datetime, timedelta
from itertools import count

from beffroi.publicite.recherche.models import AcheteurIndexe, FicheIndexee
from beffroi.publicite.recherche.rules.analyse import replier
from beffroi.publicite.recherche.rules.jetons import Contenu, jetons_de
from beffroi.publicite.recherche.services.indexation import apprendre, mots_ecrits
from formats.dates import PARIS

LE = datetime(2026, 11, 10, 9, 0, tzinfo=PARIS)
_SUITE = count(1)


def fiche(
    titre: str = "Réfection de la toiture",
    *,
    dans_jours: float = 20,
    publiee_il_y_a: float = 5,
    **autres: object,
):
    """Une fiche publiée il y a quelques jours,
    dont l'heure limite est dans quelques jours (avant, si négatif).
    """
    limite, publiee = LE + timedelta(days=dans_jours), LE - timedelta(days=publiee_il_y_a)
    sans_suite_le = autres.pop("sans_suite_le", None)
    valeurs = {
        "titre": titre,
        "objet": "",
        "lots": (),
        "lieu": "Bomy",
        "ville": "Bomy",
        "acheteur": "Commune de Bomy",
        "siren": "216201558",
        "departement": "62",
        "nature": "travaux",
        "procedure": "procedure_adaptee_ouverte",
        "cpv": ("45261000",),
        **autres,
    }
    contenu = Contenu(
        **valeurs,
        limite=limite.date(),
        publiee=publiee.date(),
        sans_suite=sans_suite_le is not None,
    )
    apprendre(mots_ecrits(contenu))
    AcheteurIndexe.objects.update_or_create(
        siren=contenu.siren,
        defaults={
            "nom": contenu.acheteur,
            "nom_replie": replier(contenu.acheteur),
            "ville": contenu.ville,
        },
    )
    return FicheIndexee.objects.create(
        reference=f"2026-{next(_SUITE):04d}",
        titre=titre,
        acheteur=contenu.acheteur,
        siren=contenu.siren,
        lieu=contenu.lieu,
        departement=contenu.departement,
        nature=contenu.nature,
        procedure=contenu.procedure,
        nombre_de_lots=len(contenu.lots),
        publiee_le=publiee,
        modifiee_le=publiee,
        limite=limite,
        sans_suite_le=sans_suite_le,
        en_cours=sans_suite_le is None and limite >= LE - timedelta(days=1),
        jetons=" ".join(jetons_de(contenu)),
    )
