"""Les candidatures de la démonstration : l'une examinée et admise, l'autre à compléter.

Jouées par les services.
"""

import io
from datetime import datetime, timedelta

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.candidatures import examen, queries, services
from beffroi.choix.candidatures.examen import Dossier
from beffroi.choix.candidatures.services import APreciser, Choix, Constat, SaisieDePreuve
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.guichet.envois import Fichier
from demo import documents
from demo.peuplement import Troupe


def raconter(consultation: Consultation, troupe: Troupe, *, le: datetime, avant: datetime) -> None:
    """L'Atelier du Faîtage est admis, avec son attestation fiscale ;
    aux Zingueurs, il manque une pièce, demandée.
    """
    martine = troupe.personnes["martine"]
    complet, incomplet = examen.dossiers(consultation, queries.candidatures(consultation), le=le)
    _admettre(complet, par=martine, le=le)
    _faire_completer(incomplet, avant=avant, par=martine, le=le + timedelta(minutes=10))
    _joindre_l_attestation(complet, par=martine, le=le + timedelta(minutes=20))


def _admettre(dossier: Dossier, *, par: Utilisateur, le: datetime) -> None:
    constats = [Constat(vue.piece, "presente") for vue in dossier.pieces]
    services.examiner(pli=dossier.pli, constats=constats, par=par, maintenant=le)
    services.decider_des_candidatures(
        consultation=dossier.pli.consultation,
        choix=[Choix(dossier.pli, None, retenue=True)],
        par=par,
        maintenant=le,
    )


def _faire_completer(dossier: Dossier, *, avant: datetime, par: Utilisateur, le: datetime) -> None:
    demandees = [vue for vue in dossier.pieces if vue.piece]
    constats = [
        Constat(vue.piece, "presente")
        if vue.fichiers
        else Constat(vue.piece, "manquante", "Rien dans l'enveloppe.")
        for vue in demandees
    ]
    services.examiner(pli=dossier.pli, constats=constats, par=par, maintenant=le)
    manquantes = [(vue.cle, vue.intitule) for vue in demandees if not vue.fichiers]
    services.demander_de_completer(
        consultation=dossier.pli.consultation,
        demandes=[APreciser(dossier.pli, manquantes)],
        avant=avant,
        par=par,
        maintenant=le + timedelta(minutes=5),
    )


def _joindre_l_attestation(dossier: Dossier, *, par: Utilisateur, le: datetime) -> None:
    qui = dossier.pli.equipe.nom
    octets = documents.pdf("Attestation fiscale", qui, objet="Obligations déclarées et payées.")
    fichier = Fichier("attestation-fiscale.pdf", io.BytesIO(octets))
    datee_du = (le - timedelta(days=20)).date()
    services.ajouter_une_preuve(
        pli=dossier.pli,
        saisie=SaisieDePreuve("fiscale", datee_du, fichier=fichier),
        par=par,
        maintenant=le,
    )
