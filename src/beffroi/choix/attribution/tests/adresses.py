"""Qui entre où : lire les choix, décider, écrire et envoyer les lettres, répondre ;
et le résultat, à son entreprise seule.
"""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.attribution.models import Attribution, DemandeDeMotifs, Lettre, SuiteDonnee
from beffroi.choix.echanges.models import Courrier, Exemplaire, Fil
from beffroi.reponse.depots.tests import factories
from tests.architecture.adresses import Adresse, Monde, reserve_a_l_entreprise, reserve_aux_agents

MOTIF, REJET = (
    "Un motif que seuls les destinataires doivent lire",
    "Un rejet que seul l'Atelier doit lire",
)


def planter(monde: Monde) -> None:
    """Deux consultations de Bomy : dans l'une, une proposition attend ;
    dans l'autre, l'Atelier a lu son rejet.
    """
    limite = monde.maintenant - timedelta(days=3)
    proposee, notifiee = (
        factories.consultation(limite=limite, organisme_=monde.bomy, etat=etat)
        for etat in ("depouillee", "attribuee")
    )
    proposition = _attribution(monde, proposee, par=monde.agent_sans_role)
    decidee = _attribution(monde, notifiee, decidee_par=monde.agent, decidee_le=monde.maintenant)
    partie = _lettre(
        monde, notifiee, exemplaire=_exemplaire(monde, notifiee), envoyee_par=monde.agent
    )
    SuiteDonnee.objects.create(
        lettre=partie, attribution=decidee, pli=decidee.pli, issue="rejetee", motif=REJET
    )
    demande = DemandeDeMotifs.objects.create(
        lettre=partie, texte="Pourquoi ?", recue_le=monde.maintenant, notee_par=monde.agent
    )
    projet = _lettre(monde, proposee)
    SuiteDonnee.objects.create(
        lettre=projet, attribution=proposition, pli=proposition.pli, issue="rejetee"
    )
    monde.objets |= {
        "a_attribuer": proposee,
        "attribuee": notifiee,
        "lettre_partie": partie,
        "projet_de_lettre": projet,
        "demande_de_motifs": demande,
    }
    monde.secrets |= {MOTIF, REJET, partie.reference}


def _attribution(monde: Monde, consultation: Consultation, **champs: Any) -> Attribution:
    pli = factories.Candidat(consultation, monde.membre).depose(
        ("offre", None), le=consultation.limite - timedelta(minutes=5)
    )
    valeurs = {
        "proposee_par": champs.pop("par", monde.agent),
        "proposee_le": monde.maintenant,
        "motif": MOTIF,
        **champs,
    }
    return Attribution.objects.create(
        consultation=consultation, sorte="attribuee", pli=pli, montant=Decimal(100), **valeurs
    )


def _lettre(monde: Monde, consultation: Consultation, **champs: Any) -> Lettre:
    if champs:
        champs |= {
            "envoyee_le": monde.maintenant,
            "relue_par": monde.agent,
            "relue_le": monde.maintenant,
        }
    return Lettre.objects.create(
        consultation=consultation,
        equipe=monde.membre.equipe,
        vague=1,
        texte="Lettre",
        redigee_le=monde.maintenant,
        **champs,
    )


def _exemplaire(monde: Monde, consultation: Consultation) -> Exemplaire:
    le = monde.maintenant
    courrier = Courrier.objects.create(
        consultation=consultation,
        sorte="resultat",
        sujet="Résultat",
        texte="Lettre",
        redige_par=monde.agent,
        redige_le=le,
        envoye_le=le,
        envoye_par=monde.agent,
    )
    fil = Fil.objects.create(consultation=consultation, equipe=monde.membre.equipe)
    return Exemplaire.objects.create(
        courrier=courrier, fil=fil, sujet="Résultat", texte="Lettre", remis_le=le
    )


def de(objet: str, **arguments: Any) -> Any:
    def lire(monde: Monde) -> dict[str, Any]:
        dits = {
            nom: monde.objets[cle].reference if isinstance(cle, str) else cle
            for nom, cle in arguments.items()
        }
        return {"reference": monde.objets[objet].reference, **dits}

    return lire


def absente(**arguments: Any) -> Any:
    return lambda monde: {"reference": "2020-0000", **arguments}


LECTURE = reserve_aux_agents(agent_sans_role=200)
DECIDENT = reserve_aux_agents()
FORMULAIRE = ("get", "post")
LOT, SANS_LOT = de("a_attribuer", lot=0), absente(lot=0)
FAUTIF = {"post": reserve_aux_agents(422)}
LETTRE, SANS_LETTRE = de("a_attribuer", lettre="projet_de_lettre"), absente(lettre="LT-22222222")
DEMANDE, SANS_DEMANDE = de("attribuee", demande="demande_de_motifs"), absente(demande="DM-22222222")


def resultat(monde: Monde) -> dict[str, Any]:
    return {"lettre": monde.objets["lettre_partie"].reference}


def sans_resultat(monde: Monde) -> dict[str, Any]:
    return {"lettre": "LT-22222222"}


ADRESSES = {
    "attribution:lots": Adresse(LECTURE, de("a_attribuer"), absente()),
    "attribution:agenda": Adresse(LECTURE, de("attribuee"), absente()),
    "attribution:decider": Adresse(
        DECIDENT, LOT, SANS_LOT, methodes=FORMULAIRE, par_methode={"post": reserve_aux_agents(422)}
    ),
    "attribution:renoncer": Adresse(
        DECIDENT, LOT, SANS_LOT, methodes=FORMULAIRE, par_methode=FAUTIF
    ),
    "attribution:rendre": Adresse(DECIDENT, LOT, SANS_LOT, methodes=FORMULAIRE, par_methode=FAUTIF),
    "attribution:valider": Adresse(reserve_aux_agents(409), LOT, SANS_LOT, methodes=("post",)),
    "attribution:lettres": Adresse(
        LECTURE,
        de("a_attribuer"),
        absente(),
        methodes=FORMULAIRE,
        par_methode={"post": reserve_aux_agents(409)},
    ),
    "attribution:lettre": Adresse(
        LECTURE, LETTRE, SANS_LETTRE, methodes=FORMULAIRE, par_methode=FAUTIF
    ),
    "attribution:faits": Adresse(reserve_aux_agents(422), LETTRE, SANS_LETTRE, methodes=("post",)),
    "attribution:envoyer": Adresse(
        DECIDENT, de("a_attribuer"), absente(), methodes=FORMULAIRE, par_methode=FAUTIF
    ),
    "attribution:demandes": Adresse(LECTURE, de("attribuee"), absente()),
    "attribution:noter": Adresse(
        DECIDENT, de("attribuee"), absente(), methodes=FORMULAIRE, par_methode=FAUTIF
    ),
    "attribution:repondre": Adresse(
        LECTURE, DEMANDE, SANS_DEMANDE, methodes=FORMULAIRE, par_methode=FAUTIF
    ),
    "attribution:resultat": Adresse(
        reserve_a_l_entreprise(),
        resultat,
        sans_resultat,
        methodes=FORMULAIRE,
        par_methode={"post": reserve_a_l_entreprise(422)},
    ),
    "attribution:resultat_pdf": Adresse(reserve_a_l_entreprise(), resultat, sans_resultat),
}
