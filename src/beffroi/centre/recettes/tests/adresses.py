"""Qui entre où : la balance, les titres, les paiements, au centre ; son relevé, à l'adhérent."""

from decimal import Decimal

from beffroi.centre.contributions.models import Contribution, Exercice
from beffroi.centre.recettes.models import ImportDeRecettes, Paiement, TitreDeRecette
from tests.architecture.adresses import Adresse, Monde, reserve_a_l_exploitant, reserve_aux_agents

FORMULAIRE = {"methodes": ("get", "post"), "par_methode": {"post": reserve_a_l_exploitant(422)}}


def planter(monde: Monde) -> None:
    """Bomy a un appel émis, son titre, un paiement,
    et une somme que personne d'autre n'a à voir.
    """
    bomy = Contribution.objects.get(pk=monde.objets["contribution"].pk)
    de_plus = {"note_par": monde.agent_exploitant, "note_le": monde.maintenant}
    jour = monde.maintenant.date()
    passe = Exercice.objects.create(
        annee=2001,
        ouvert_par=monde.agent_exploitant,
        ouvert_le=monde.maintenant,
        emis_le=monde.maintenant,
    )
    appel = Contribution.objects.create(
        exercice=passe,
        adherent=bomy.adherent,
        nom=bomy.nom,
        siret=bomy.siret,
        agents=400,
        tranche=1,
        est_payante=True,
        montant=Decimal(250),
        volume=3,
        creees=3,
        comptees=3,
        sha256_du_compte="ab" * 32,
        convention="CV-1",
        debut=jour,
        numero=1,
        emise_le=monde.maintenant,
    )
    titre = TitreDeRecette.objects.create(
        contribution=appel, exercice=2001, numero=7, emis_le=jour, montant=Decimal(250), **de_plus
    )
    seule = Paiement.objects.create(
        numero="VIR-SECRET-DE-BOMY",
        recu_le=jour,
        montant=Decimal(10),
        libelle="Seule Bomy lit cela.",
        **de_plus,
    )
    depose = ImportDeRecettes.objects.create(
        sorte="titres",
        nom="titres.csv",
        taille=1,
        sha256="cd" * 32,
        cle_de_stockage="recettes/aa/aa",
        depose_par=monde.agent_exploitant,
        depose_le=monde.maintenant,
        applique_le=monde.maintenant,
    )
    monde.objets |= {
        "appel": appel,
        "titre": titre,
        "paiement": seule,
        "import_de_recettes": depose,
    }
    monde.secrets |= {"VIR-SECRET-DE-BOMY", "Seule Bomy lit cela."}


def de(objet: str, absente: str, statuts=None, **reste: object) -> Adresse:
    return Adresse(
        statuts or reserve_a_l_exploitant(),
        arguments=lambda monde: {"reference": monde.objets[objet].reference},
        absents=lambda monde: {"reference": absente},
        **reste,
    )


def en_fichier(cle: str, du_monde, absent: str, statuts) -> Adresse:
    return Adresse(
        statuts,
        arguments=lambda monde: {cle: du_monde(monde), "format_": "csv"},
        absents=lambda monde: {cle: absent, "format_": "csv"},
    )


ADRESSES = {
    "recettes:balance": Adresse(reserve_a_l_exploitant()),
    "recettes:balance_en_fichier": Adresse(
        reserve_a_l_exploitant(),
        arguments=lambda monde: {"format_": "ods"},
        absents=lambda monde: {"format_": "xls"},
    ),
    "recettes:compte": Adresse(
        reserve_a_l_exploitant(),
        arguments=lambda monde: {"siren": monde.bomy.siret[:9]},
        absents=lambda monde: {"siren": "999999999"},
    ),
    "recettes:releve": en_fichier(
        "siren", lambda monde: monde.bomy.siret[:9], "999999999", reserve_a_l_exploitant()
    ),
    "recettes:noter_un_titre": de("appel", "CT-22222222", **FORMULAIRE),
    "recettes:annuler_un_titre": de("titre", "TI-22222222", **FORMULAIRE),
    "recettes:encaisser": de("titre", "TI-22222222", **FORMULAIRE),
    "recettes:paiements": Adresse(reserve_a_l_exploitant()),
    "recettes:paiement": de("paiement", "PA-22222222", **FORMULAIRE),
    "recettes:contre_passer": de("paiement", "PA-22222222", **FORMULAIRE),
    "recettes:importer": Adresse(
        reserve_a_l_exploitant(),
        arguments=lambda monde: {"sorte": "titres"},
        absents=lambda monde: {"sorte": "factures"},
        **FORMULAIRE,
    ),
    "recettes:modele": Adresse(
        reserve_a_l_exploitant(),
        arguments=lambda monde: {"sorte": "titres"},
        absents=lambda monde: {"sorte": "factures"},
    ),
    "recettes:relire": de(
        "import_de_recettes",
        "IR-22222222",
        methodes=("get", "post"),
        par_methode={"post": reserve_a_l_exploitant(302)},
    ),
    "recettes:mon_releve": Adresse(
        reserve_aux_agents(agent_sans_role=200),
        arguments=lambda monde: {"siret": monde.bomy.siret},
        absents=lambda monde: {"siret": "21620000000000"},
    ),
    "recettes:mon_fichier": en_fichier(
        "siret",
        lambda monde: monde.bomy.siret,
        "21620000000000",
        reserve_aux_agents(agent_sans_role=200),
    ),
}
