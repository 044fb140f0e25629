"""La copie de sauvegarde de la démonstration :
la réponse électronique était incomplète, la copie l'a complétée.
"""

import io
from datetime import datetime, timedelta

from beffroi.achat.consultations.models import Consultation
from beffroi.reponse.depots.models import Pli
from beffroi.reponse.depots.services import enregistrer_depot_materiel
from beffroi.reponse.depots.services.materiel import Arrivee
from beffroi.seance.antivirus.rules import Constat, Etat
from beffroi.seance.copies_de_sauvegarde.models import FichierDeCopie
from beffroi.seance.copies_de_sauvegarde.rules import Cas
from beffroi.seance.copies_de_sauvegarde.services import Constat as ConstatDeLaCopie
from beffroi.seance.copies_de_sauvegarde.services import (
    Remis,
    lever_la_quarantaine,
    noter_l_analyse,
    ouvrir_la_copie,
)
from demo import documents
from demo.antivirus import MENACE, MOTEUR
from demo.peuplement import Troupe


def memoire(pli: Pli) -> bytes:
    return documents.pdf("Mémoire technique", pli.equipe.nom, méthode="Un chantier, une équipe.")


def raconter(consultation: Consultation, troupe: Troupe, *, limite: datetime) -> None:
    """Reçue la veille au guichet, ouverte après la séance par qui ouvre les réponses."""
    pli = Pli.objects.filter(consultation=consultation).latest("recu_le")
    arrivee = Arrivee(
        sorte="copie_de_sauvegarde",
        deposant=pli.equipe.nom,
        recu_le=limite - timedelta(days=1),
        preuve="Remise contre récépissé, pli cacheté",
    )
    copie = enregistrer_depot_materiel(
        consultation=consultation,
        arrivee=arrivee,
        par=troupe.personnes["martine"],
        maintenant=limite - timedelta(hours=20),
    )
    ouverte = ouvrir_la_copie(
        copie=copie,
        constat=ConstatDeLaCopie(
            pli.equipe,
            Cas.INCOMPLETE,
            "Le mémoire technique manque à la réponse électronique.",
        ),
        fichiers=[
            Remis("Mémoire technique.pdf", io.BytesIO(memoire(pli))),
            Remis(
                "Planning.pdf",
                io.BytesIO(documents.pdf("Planning", pli.equipe.nom, durée="Six semaines.")),
            ),
        ],
        par=troupe.personnes["helene"],
        maintenant=limite + timedelta(hours=8),
    )
    faire_lire(list(ouverte.fichiers.all()), troupe, le=limite + timedelta(hours=8, minutes=2))


def faire_lire(fichiers: list[FichierDeCopie], troupe: Troupe, *, le: datetime) -> None:
    """L'antivirus lit le mémoire, sain, et alerte sur le planning :
    vérifiée, l'alerte était fausse.
    """
    memoire_lu, planning = fichiers
    sain, infecte = (
        Constat(Etat.SAIN, moteur=MOTEUR),
        Constat(Etat.INFECTE, menace=MENACE, moteur=MOTEUR),
    )
    noter_l_analyse(fichier=memoire_lu, constat=sain, maintenant=le)
    noter_l_analyse(fichier=planning, constat=infecte, maintenant=le)
    lever_la_quarantaine(
        fichier=planning,
        motif="Fausse alerte : le service informatique a relu le fichier sur un poste isolé.",
        par=troupe.personnes["helene"],
        maintenant=le + timedelta(minutes=30),
    )
