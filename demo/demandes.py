"""Les demandes d'assistance de la démonstration :
une qui attend, un appel noté, une résolue après un écran montré.
"""

from datetime import datetime, timedelta

from beffroi.achat.consultations.models import Consultation
from beffroi.service.assistance.models import Categorie, Demande
from beffroi.service.assistance.services.demandes import (
    Personne,
    Saisie,
    demander,
    dire_si_cela_a_servi,
)
from beffroi.service.assistance.services.modeles import (
    Frequente,
    Modele,
    ecrire_un_modele,
    publier_une_question,
)
from beffroi.service.assistance.services.reponses import noter, repondre
from beffroi.service.teleassistance.codes import code_de
from beffroi.service.teleassistance.services import partages
from demo.peuplement import Troupe

CODE = "Le code de connexion n'arrive pas. J'ai vérifié les indésirables."
REPONSE = (
    "Votre téléphone n'était pas à l'heure : réglez-le sur l'heure automatique, "
    "puis retapez le code affiché."
)
REGLEMENT = "Le contrôle signale que le règlement ne dit pas comment signer. Où faut-il l'écrire ?"
APPEL = "Elle ne retrouve pas où remettre une seconde offre avant l'heure limite."
MODELE = Modele(
    Categorie.TECHNIQUE.value,
    "Remplacer une réponse",
    (
        "Ouvrez « Mes réponses », puis votre réponse, et déposez de nouveau. Avant l'heure limite, "
        "la dernière reçue compte."
    ),
)
FREQUENTE = Frequente(
    Categorie.COMPTES.value,
    "Le code à six chiffres est refusé. Pourquoi ?",
    (
        "Le téléphone n'est pas à l'heure. Réglez-le sur l'heure automatique, "
        "puis tapez le code qui s'affiche alors."
    ),
)


def raconter(troupe: Troupe, *, le: datetime) -> None:
    fanny = troupe.personnes["fanny"]
    ecrire_un_modele(
        modele=None, saisie=MODELE, par=fanny.acteur, maintenant=le - timedelta(days=30)
    )
    resolue = _demander(troupe, "helene", CODE, Categorie.COMPTES, le=le - timedelta(days=9))
    _montrer_son_ecran(troupe, resolue, le=resolue.recue_le + timedelta(minutes=20))
    repondu_le = resolue.recue_le + timedelta(minutes=40)
    repondre(
        demande=resolue,
        texte=REPONSE,
        suite="resoudre",
        motif="connexion",
        par=fanny,
        maintenant=repondu_le,
    )
    dire_si_cela_a_servi(
        demande=resolue,
        reponse=Demande.Satisfaction.OUI.value,
        mot="",
        par=troupe.personnes["helene"].acteur,
        maintenant=repondu_le + timedelta(hours=1),
    )
    publier_une_question(
        saisie=FREQUENTE, demande=resolue, par=fanny.acteur, maintenant=le - timedelta(days=8)
    )
    brouillon = Consultation.toutes.filter(
        etat="brouillon", redigee_par=troupe.personnes["martine"]
    ).earliest("pk")
    _demander(
        troupe,
        "martine",
        REGLEMENT,
        Categorie.JURIDIQUE,
        objet=brouillon.reference,
        le=le - timedelta(hours=3),
    )
    appel = demander(
        saisie=Saisie(texte=APPEL, cle="demo-appel"),
        personne=Personne(nom="Sophie Merlin", telephone="06 55 98 76 54"),
        canal=Demande.Canal.TELEPHONE,
        maintenant=le - timedelta(minutes=50),
    )
    noter(
        demande=appel,
        texte="À rappeler avant midi.",
        par=fanny,
        maintenant=le - timedelta(minutes=45),
    )


def _demander(
    troupe: Troupe, cle: str, texte: str, categorie: Categorie, *, le: datetime, objet: str = ""
) -> Demande:
    return demander(
        saisie=Saisie(texte=texte, cle=f"demo-{cle}", categorie=categorie.value, objet=objet),
        personne=Personne(compte=troupe.personnes[cle]),
        canal=Demande.Canal.WEB,
        maintenant=le,
    )


def _montrer_son_ecran(troupe: Troupe, demande: Demande, *, le: datetime) -> None:
    """Un partage de six minutes : le registre en garde l'accord, le début et la fin."""
    helene, fanny = troupe.personnes["helene"], troupe.personnes["fanny"]
    accord = partages.consentir(personne=helene, demande=demande, precedent=None, maintenant=le)
    minute = timedelta(minutes=1)
    partage = partages.rejoindre(code=code_de(accord.reference), par=fanny, maintenant=le + minute)
    assert partage is not None
    partages.montrer(partage=partage, maintenant=le + 2 * minute)
    partages.terminer(
        partage=partage, cote="personne", par=helene.acteur, maintenant=le + 8 * minute
    )
