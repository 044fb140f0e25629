"""Le récépissé : l'enregistrement canonique que le journal horodate,
puis l'archive que chacun vérifie sans nous.
"""

import hashlib
import json
import secrets
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from beffroi.achat.consultations.queries import lots_lus
from beffroi.reponse.depots.models import Enveloppe, FichierScelle, Pli
from beffroi.socle.fondations import exploitant
from beffroi.socle.fondations.erreurs import ServiceIndisponible
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.lecture import lu_une_fois
from beffroi.socle.journal import chainage, releves, releves_jointes
from beffroi.socle.journal.models import Ecriture, JetonQualifie
from beffroi.socle.journal.queries import jeton_qualifie, note_complete, tete_qui_couvre
from formats import depot as lecture
from formats import recepisse
from sceau import receipt

FORMAT = "beffroi.depot/1"
MODE_D_EMPLOI = Path(__file__).parent / "verifier.txt"


def enregistrement(pli: Pli) -> dict[str, Any]:
    """Le contenu de `depot.json` : ce qui a été déposé, par qui, pour qui, quand."""
    consultation = pli.consultation
    return {
        "format": FORMAT,
        **({"espace": settings.ESPACE} if settings.ESPACE else {}),
        "nonce": secrets.token_hex(16),
        "recepisse": pli.reference,
        "deposant": {
            "nom": pli.equipe.nom,
            "identifiant": pli.equipe.identifiant,
            "equipe": pli.equipe.reference,
            "personne": pli.depose_par.nom,
        },
        "acheteur": {"nom": consultation.organisme.nom, "siret": consultation.organisme.siret},
        "consultation": {
            "reference": consultation.reference,
            "titre": consultation.titre,
            "objet": consultation.objet,
        },
        **(
            {"tour": {"reference": pli.tour.reference, "numero": pli.tour.numero}}
            if pli.tour
            else {}
        ),
        "lots": pli.lots,
        # Avec qui l'on répond dit qui remplace qui : le récépissé le tient, seul ou groupé.
        "groupement": pli.groupement,
        "recu_le": chainage.instant(pli.recu_le),
        "debut_transmission": chainage.instant(pli.debut_transmission),
        "fin_transmission": chainage.instant(pli.fin_transmission),
        "date_limite": chainage.instant(pli.date_limite),
        "hors_delai": pli.hors_delai,
        "remplace": pli.remplace.reference if pli.remplace else None,
        "version_client": pli.version_client,
        "enveloppes": [enveloppe_en_clair(enveloppe) for enveloppe in pli.enveloppes.all()],
    }


def enveloppe_en_clair(enveloppe: Enveloppe) -> dict[str, Any]:
    return {
        "enveloppe": enveloppe.sorte,
        "lot": enveloppe.lot,
        "empreinte": enveloppe.empreinte_de_cle,
        "engagement": enveloppe.engagement,
        "fichiers": [fichier_en_clair(fichier) for fichier in enveloppe.fichiers.all()],
        "manifeste": fichier_en_clair(enveloppe.manifeste),
    }


def fichier_en_clair(fichier: FichierScelle) -> dict[str, Any]:
    """La racine est vérifiée par le serveur ;
    le SHA-256 est celui que l'entreprise déclare, et cela se dit.
    """
    return {
        "nom": fichier.nom,
        "taille": fichier.taille,
        "racine": fichier.racine,
        "sha256": fichier.sha256_declare,
        "sha256_source": "declaree",
    }


def archive_du_recu(pli: Pli, *, etabli_le: datetime | None = None) -> bytes:
    """`recu.zip` : l'enregistrement, ses jetons,
    sa preuve d'inclusion, le PDF, les clés, le mode d'emploi.
    """
    ecriture = ecriture_de(pli)
    point = tete_qui_couvre(ecriture.numero)
    if point is None:
        raise ServiceIndisponible(
            "Le journal n'a pas encore signé sa tête : réessayez dans un instant."
        )
    qualifie = jeton_qualifie_de(pli)
    return receipt.build(
        json.loads(ecriture.contenu),
        bytes(ecriture.jeton),
        bytes(qualifie.jeton) if qualifie else None,
        chainage.preuve(ecriture.numero, note_complete(point)),
        {
            "recepisse.pdf": pdf(pli, etabli_le=etabli_le),
            **releves_jointes.fichiers(),
            "cles/journal.vkey": releves.cle_de(point.note),
            "cles/horodatage.pem": chainage.certificat_du_jeton(
                ecriture.contenu, bytes(ecriture.jeton)
            ).encode(),
            "VERIFIER.txt": mode_d_emploi(pli).encode(),
        },
    )


def mode_d_emploi(pli: Pli) -> str:
    """Comment vérifier le récépissé sans nous, ni réseau."""
    return MODE_D_EMPLOI.read_text("utf-8").format(
        reference=pli.reference, adresse=settings.ADRESSE_PUBLIQUE
    )


def pdf(pli: Pli, *, etabli_le: datetime | None = None) -> bytes:
    """Le récépissé lisible, en PDF/A et PDF/UA ; établi maintenant, si rien ne dit quand."""
    ecriture = ecriture_de(pli)
    depot = lecture.lire(ecriture.contenu.encode())
    point = tete_qui_couvre(ecriture.numero)
    lots = tuple((lot.numero, lot.intitule) for lot in lots_lus(pli.consultation))
    return recepisse.pdf(
        recepisse.Recepisse(
            depot=avec_les_empreintes_recalculees(depot, pli),
            empreinte=hashlib.sha256(ecriture.contenu.encode()).digest(),
            intitules_des_lots=lots,
            est_une_concession=pli.consultation.est_concession,
            horodatage=horodatage(pli, ecriture),
            place=recepisse.PlaceAuRegistre(
                ecriture=ecriture.numero, taille=point.taille if point else ecriture.numero + 1
            ),
            service=service(),
            etabli_le=etabli_le or maintenant(),
        )
    )


def horodatage(pli: Pli, ecriture: Ecriture) -> recepisse.Horodatage:
    """Le jeton que le récépissé porte : le qualifié s'il est arrivé, celui du service sinon."""
    qualifie = jeton_qualifie_de(pli)
    if qualifie:
        return recepisse.Horodatage(
            qualifie=True, emis_le=qualifie.horodate_le, autorite=qualifie.autorite
        )
    return recepisse.Horodatage(
        qualifie=False, emis_le=ecriture.le, autorite=settings.SERVICE["nom"]
    )


def service() -> recepisse.Service:
    reglages, adresse = exploitant.service(), settings.ADRESSE_PUBLIQUE
    return recepisse.Service(
        exploitant=str(reglages["exploitant"]),
        serveur=f"{reglages['nom']}, {adresse}",
        assistance=f"{reglages['telephone']}, {reglages['horaires']}",
        adresse_de_verification=f"{adresse}/verifier/",
        adresse_des_reponses=f"{adresse}/mes-reponses/",
    )


def avec_les_empreintes_recalculees(depot: lecture.Depot, pli: Pli) -> lecture.Depot:
    """Le PDF dit « recalculée » pour les fichiers que le serveur a relus et trouvés identiques."""
    relus = _empreintes_relues(pli.brouillon_id)

    def relu(fichier: lecture.FichierRecu) -> lecture.FichierRecu:
        return (
            replace(fichier, sha256_source="recalculee")
            if (fichier.racine, fichier.sha256) in relus
            else fichier
        )

    enveloppes = tuple(
        replace(e, fichiers=tuple(relu(f) for f in e.fichiers), manifeste=relu(e.manifeste))
        for e in depot.enveloppes
    )
    return replace(depot, enveloppes=enveloppes)


@lu_une_fois
def _empreintes_relues(brouillon: int) -> set[tuple[str, str]]:
    scelles = FichierScelle.objects.filter(brouillon=brouillon).exclude(sha256_recalcule="")
    return set(scelles.values_list("racine", "sha256_recalcule"))


@lu_une_fois
def ecriture_de(pli: Pli) -> Ecriture:
    if pli.ecriture is None:
        raise Ecriture.DoesNotExist(f"Le pli {pli.reference} n'est pas encore au journal.")
    return Ecriture.objects.get(numero=pli.ecriture)


def jeton_qualifie_de(pli: Pli) -> JetonQualifie | None:
    """Le jeton qualifié de ce dépôt, s'il est arrivé."""
    return (
        None if pli.ecriture is None else jeton_qualifie(JetonQualifie.Objet.ECRITURE, pli.ecriture)
    )


def archive_du_recu_de(reference: str) -> bytes:
    """La pièce jointe du courriel, fabriquée au moment de l'envoi :
    elle porte alors ses preuves les plus récentes.
    """
    return archive_du_recu(pli_de(reference))


def pdf_du_recu(reference: str) -> bytes:
    return pdf(pli_de(reference))


def pli_de(reference: str) -> Pli:
    plis = Pli.objects.select_related("consultation__organisme", "equipe", "depose_par", "remplace")
    return plis.get(reference=reference)
