"""Les candidatures de la démonstration : l'une examinée et admise, l'autre à compléter. Jouées par les services."""

import io
from datetime import datetime, timedelta

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.candidatures import examen, queries, services
from beffroi.choix.candidatures.services import APreciser, Choix, Constat, SaisieDePreuve
from beffroi.publicite.questions.services import Fichier
from demo import documents
from demo.peuplement import Troupe


def raconter(consultation: Consultation, troupe: Troupe, *, le: datetime, avant: datetime) -> None:
    """L'Atelier du Faîtage est admis, avec son attestation fiscale ; aux Zingueurs, il manque une pièce, demandée."""
    martine = troupe.personnes["martine"]
    complet, incomplet = examen.dossiers(consultation, queries.candidatures(consultation), le=le)
    services.examiner(
        pli=complet.pli,
        constats=[Constat(vue.piece, "presente") for vue in complet.pieces],
        par=martine,
        maintenant=le,
    )
    services.decider_des_candidatures(
        consultation=consultation, choix=[Choix(complet.pli, None, retenue=True)], par=martine, maintenant=le
    )
    services.examiner(
        pli=incomplet.pli,
        constats=[
            Constat(vue.piece, "presente")
            if vue.fichiers
            else Constat(vue.piece, "manquante", "Rien dans l'enveloppe.")
            for vue in incomplet.pieces
            if vue.piece
        ],
        par=martine,
        maintenant=le + timedelta(minutes=10),
    )
    services.demander_de_completer(
        consultation=consultation,
        demandes=[
            APreciser(incomplet.pli, [(v.cle, v.intitule) for v in incomplet.pieces if v.piece and not v.fichiers])
        ],
        avant=avant,
        par=martine,
        maintenant=le + timedelta(minutes=15),
    )
    attestation = documents.pdf(
        "Attestation fiscale", complet.pli.entreprise.nom, objet="Obligations déclarées et payées."
    )
    services.ajouter_une_preuve(
        pli=complet.pli,
        saisie=SaisieDePreuve(
            "fiscale",
            (le - timedelta(days=20)).date(),
            fichier=Fichier("attestation-fiscale.pdf", io.BytesIO(attestation)),
        ),
        par=martine,
        maintenant=le + timedelta(minutes=20),
    )
