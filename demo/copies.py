"""La copie de sauvegarde de la démonstration : la réponse électronique était incomplète, la copie l'a complétée."""

import io
from datetime import datetime, timedelta

from beffroi.consultations.models import Consultation
from beffroi.copies_de_sauvegarde.rules import Cas
from beffroi.copies_de_sauvegarde.services import Constat, Remis, ouvrir_la_copie
from beffroi.depots.models import Pli
from beffroi.depots.services import enregistrer_depot_materiel
from beffroi.depots.services.materiel import Arrivee
from demo import documents
from demo.peuplement import Troupe


def memoire(pli: Pli) -> bytes:
    return documents.pdf("Mémoire technique", pli.entreprise.nom, méthode="Un chantier, une équipe.")


def raconter(consultation: Consultation, troupe: Troupe, *, limite: datetime) -> None:
    """Reçue la veille au guichet, ouverte après la séance par qui ouvre les réponses."""
    pli = Pli.objects.filter(consultation=consultation).latest("recu_le")
    arrivee = Arrivee(
        sorte="copie_de_sauvegarde",
        deposant=pli.entreprise.nom,
        recu_le=limite - timedelta(days=1),
        preuve="Remise contre récépissé, pli cacheté",
    )
    copie = enregistrer_depot_materiel(
        consultation=consultation,
        arrivee=arrivee,
        par=troupe.personnes["martine"],
        maintenant=limite - timedelta(hours=20),
    )
    ouvrir_la_copie(
        copie=copie,
        constat=Constat(pli.etablissement, Cas.INCOMPLETE, "Le mémoire technique manque à la réponse électronique."),
        fichiers=[Remis("Mémoire technique.pdf", io.BytesIO(memoire(pli)))],
        par=troupe.personnes["helene"],
        maintenant=limite + timedelta(hours=8),
    )
