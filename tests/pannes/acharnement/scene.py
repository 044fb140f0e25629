"""La scène : un achat où l'on dépose, un autre dont les réponses s'ouvrent, tout par les services.

`python -m tests.pannes.acharnement.scene ENTREPRISES ENVELOPPES` écrit, en JSON, de quoi y jouer.
"""

import json
import sys
from datetime import timedelta

MEMBRES = ("martine", "helene", "bernard")


def principal(arguments: list[str]) -> int:
    entreprises, enveloppes = map(int, arguments)
    import django

    django.setup()
    json.dump(planter(entreprises, enveloppes), sys.stdout)
    return 0


def planter(entreprises: int, enveloppes: int) -> dict[str, object]:
    from django.conf import settings
    from django.db import transaction

    from beffroi.socle.fondations.horloge import maintenant
    from beffroi.socle.journal import chainage
    from demo import cles
    from demo.personnages import AGENTS, MOT_DE_PASSE
    from demo.peuplement import peupler

    le, debut = maintenant(), maintenant() - timedelta(days=30)
    chainage.creer_l_autorite(settings.HORODATAGE["cle"], le=debut)
    with transaction.atomic():
        troupe = peupler(le=debut)
        cles.creer_les_identites(troupe, le=debut)
        cles.designer_les_gardiens(troupe, le=debut)
    return {
        "cle_du_registre": chainage.signataire().vkey,
        **un_achat_ouvert(troupe, entreprises, limite=le + timedelta(days=20), le=debut),
        # Installée, une séance retient les clés : rien ne se change sous elle.
        "seance": une_seance(troupe, enveloppes, le=le, debut=debut) if enveloppes else "",
        "finie": un_achat_sans_suite(troupe, le=le, debut=debut),
        "comptes": {
            agent.cle: {
                "identifiant": agent.courriel,
                "mot_de_passe": MOT_DE_PASSE,
                "secret_totp": agent.secret_totp,
            }
            for agent in AGENTS
        },
    }


def un_achat_ouvert(troupe, entreprises, *, limite, le):
    """Une consultation publiée, et autant d'entreprises, chacune avec son jeton."""
    from django.db import transaction

    from beffroi.personnes.comptes.services import creer_utilisateur, delivrer_jeton
    from beffroi.personnes.entreprises.services import inscrire_membre
    from demo import marches

    jetons = {}
    with transaction.atomic():
        consultation = marches.rediger(marches.TOITURE, troupe, le=le, limite=limite)
        consultation = marches.publier(consultation, troupe, MEMBRES, le=le)
        for rang in range(entreprises):
            personne = creer_utilisateur(
                courriel=f"d{rang}@acharnement.example", nom=f"Personne {rang}", maintenant=le
            )
            equipe = inscrire_membre(
                nature="etrangere",
                pays="BE",
                identifiant=f"ACHARNE{rang:05d}",
                nom=f"Déposante {rang}",
                utilisateur=personne,
                par=personne.acteur,
                maintenant=le,
            ).equipe
            _, secret = delivrer_jeton(utilisateur=personne, libelle="essai", maintenant=le)
            jetons[equipe.identifiant] = secret
    return {"consultation": consultation.reference, "jetons": jetons}


def une_seance(troupe, enveloppes, *, le, debut):
    """Une consultation close, ses réponses, une séance installée : les clés sont à tourner."""
    from django.db import transaction

    from beffroi.commandes.outillage.banc_ouverture_scene import recevoir_une_reponse
    from beffroi.seance.ouverture.services import lire_le_registre
    from demo import marches, seances

    limite = le - timedelta(hours=1)
    with transaction.atomic():
        consultation = marches.rediger(marches.VOIRIE, troupe, le=debut, limite=limite)
        consultation = marches.publier(consultation, troupe, MEMBRES, le=debut)
    for rang in range(enveloppes):
        recevoir_une_reponse(
            consultation, troupe, rang, taille=20_000, le=limite - timedelta(minutes=30)
        )
    with transaction.atomic():
        seance = seances.installer_une_seance(
            consultation, troupe, preside="helene", avec="bernard", le=le
        )
        lire_le_registre(seance=seance, par=troupe.personnes["helene"], maintenant=le)
    return seance.reference


def un_achat_sans_suite(troupe, *, le, debut):
    """De quoi faire un paquet d'archives : une procédure finie, son heure limite passée."""
    from django.db import transaction

    from beffroi.achat.consultations.services import declarer_sans_suite
    from demo import marches

    limite = le - timedelta(hours=2)
    with transaction.atomic():
        consultation = marches.rediger(marches.CAMPING, troupe, le=debut, limite=limite)
        consultation = marches.publier(consultation, troupe, MEMBRES, le=debut)
        declarer_sans_suite(
            consultation=consultation,
            motif="Le conseil municipal renonce au projet pour un motif d'intérêt général.",
            par=troupe.personnes["helene"].acteur,
            maintenant=le - timedelta(hours=1),
        )
    return consultation.reference


if __name__ == "__main__":
    sys.exit(principal(sys.argv[1:]))
