"""Les conventions de la démonstration :
une dans presque chaque état, un avenant, un litige, des assurances.
"""

from datetime import date, datetime, timedelta

from beffroi.centre.adherents.models import Adherent
from beffroi.centre.apports import services as apports
from beffroi.centre.conventions.models import Convention
from beffroi.centre.conventions.services import assurances, avenants, cycle, demandes, fin, litiges
from beffroi.centre.conventions.services.parametres import decider
from beffroi.centre.conventions.services.pieces import Fichier
from demo import documents
from demo.adherents import CAISSE, CCAS, EPCI, gestionnaire
from demo.peuplement import Troupe

PARAMETRES = {
    "centre": "Centre de gestion de la Fonction Publique Territoriale des Collines inventées",
    "sigle": "CDG de démonstration",
    "representant_du_centre": "son Président, Émile Delattre",
    "signataire_du_centre": "Le Président",
    "siege_du_centre": "1 allée des Tilleuls 62000 Arras",
    "ville": "Arras",
    "archives": "direction des Archives départementales du Pas-de-Calais",
    "archives_adresse": "12 rue de l'Invention, 62999 Hézine Cedex",
    "archives_courriel": "agnes@archives.example",
    "contact_du_centre": "dpd@cdg.example",
    "visas": (
        "Vu la délibération du conseil d'administration du CDG de démonstration en date du "
        "10 décembre 2024 ;"
    ),
    "comptable": "Service de Gestion Comptable de démonstration\n2 rue des Écus\n62000 Arras",
    "tribunal": "Tribunal Administratif de Lille\n5 rue Geoffroy Saint-Hilaire\n59000 Lille.",
    "grille": "Tranche 1 | Moins de 50 | Gratuit | 250 €\n"
    "Tranche 2 | De 50 à 150 | Gratuit | 500 €\n"
    "Tranche 3 | De 150 à 250 | Gratuit | 1 000 €\nTranche 4 | De 250 à 350 | Gratuit | 2 000 €\n"
    "Tranche 5 | Plus de 350 | Gratuit | 4 000 €",
}

VU = "La signature et le cachet, à la dernière page."


def raconter(troupe: Troupe, *, le: datetime) -> None:
    nadege = gestionnaire(troupe)
    for nom, valeur in PARAMETRES.items():
        decider(
            nom=nom,
            valeur=valeur,
            effet_le=date(2024, 12, 10),
            deliberation="10 décembre 2024",
            par=nadege,
            maintenant=le - timedelta(days=400),
        )
    _assurer(troupe, le=le)
    bomy = mener(troupe, le_sien(troupe, "Bomy"), jusqu_a="active", le=le - timedelta(days=300))
    _avenant_et_litige(troupe, bomy, le=le)
    partie = mener(
        troupe, le_sien(troupe, "Azincourt"), jusqu_a="active", le=le - timedelta(days=300)
    )
    fin.denoncer(
        convention=partie,
        lettre=fin.Lettre(
            "adherent", (le - timedelta(days=20)).date(), piece("avis-de-reception.pdf", le)
        ),
        par=nadege.acteur,
        maintenant=le - timedelta(days=18),
    )
    mener(
        troupe,
        Adherent.objects.get(siren=CAISSE),
        jusqu_a="deliberation",
        le=le - timedelta(days=40),
    )
    chez_eux = mener(
        troupe, Adherent.objects.get(siren=EPCI), jusqu_a="envoi", le=le - timedelta(days=35)
    )
    _apporter_une_deliberation(chez_eux, le=le - timedelta(hours=3))
    mener(troupe, Adherent.objects.get(siren=CCAS), jusqu_a="demande", le=le - timedelta(days=3))
    demandes.demander(
        demandes.Saisie(
            "999620529",
            "Syndicat des eaux inventées",
            "syndicat",
            "Rose Petit",
            "directrice",
            "rose@eaux.example",
            volume_estime=6,
        ),
        maintenant=le - timedelta(hours=2),
    )


def _apporter_une_deliberation(convention: Convention, *, le: datetime) -> None:
    """Elle vient d'arriver par le lien : le centre ne l'a pas encore regardée."""
    prise = (le - timedelta(days=12)).date()
    fichier = piece("deliberation-du-conseil.pdf", le)
    saisie = apports.Saisie("Martine Caron", prise, fichier, "2026-41", prise + timedelta(days=4))
    apports.apporter(convention=convention, sorte="deliberation", saisie=saisie, maintenant=le)


def le_sien(troupe: Troupe, nom: str) -> Adherent:
    return Adherent.objects.get(organisme=troupe.organismes[nom])


def piece(nom: str, le: datetime) -> Fichier:
    return Fichier(
        nom, documents.pdf(nom.removesuffix(".pdf").replace("-", " "), f"Le {le:%d/%m/%Y}")
    )


def mener(troupe: Troupe, adherent: Adherent, *, jusqu_a: str, le: datetime) -> Convention:
    """De la demande jusqu'à l'acte dit, une semaine par acte."""
    par, semaine = gestionnaire(troupe).acteur, timedelta(days=7)
    convention = cycle.ouvrir(
        adherent=adherent,
        interlocuteur=cycle.Interlocuteur(
            "Martine Caron", "secrétaire de mairie", "martine@bomy.example"
        ),
        volume_estime=4,
        par=par,
        maintenant=le,
    )
    if jusqu_a == "demande":
        return convention
    acte = cycle.Acte(
        designation=f"La {adherent.nom}",
        representant="son maire, Hélène Duriez",
        signataire="Le Maire",
        siege="la mairie est située 1 place de la Mairie 62960 Bomy",
        contact_donnees="mairie@bomy.example",
        interlocuteur="Martine Caron",
        qualite="secrétaire de mairie",
        courriel="martine@bomy.example",
        volume_estime=4,
    )
    convention = cycle.preparer(convention=convention, acte=acte, par=par, maintenant=le)
    convention = cycle.envoyer(convention=convention, par=par, maintenant=le)
    if jusqu_a == "envoi":
        return convention
    le += semaine
    convention = cycle.recevoir_la_deliberation(
        convention=convention,
        deliberation=cycle.Deliberation(
            "2026-14",
            (le - timedelta(days=5)).date(),
            (le - timedelta(days=2)).date(),
            piece("deliberation.pdf", le),
        ),
        date_de_l_acte=le.date(),
        par=par,
        maintenant=le,
    )
    if jusqu_a == "deliberation":
        return convention
    for partie in ("adherent", "centre"):
        le += semaine
        fichier = piece(f"convention-signee-{partie}.pdf", le)
        signature = cycle.Signature(partie, le.date(), fichier, VU)
        convention = cycle.signer(
            convention=convention, signature=signature, par=par, maintenant=le
        )
    return cycle.activer(convention=convention, par=par, maintenant=le)


def _avenant_et_litige(troupe: Troupe, convention: Convention, *, le: datetime) -> None:
    par = gestionnaire(troupe).acteur
    avenants.proposer(
        convention=convention,
        changement=avenants.Changement(
            "La grille de l'annexe 1 est remplacée.", date(le.year + 1, 1, 1), True
        ),
        par=par,
        maintenant=le - timedelta(days=10),
    )
    litige = litiges.ouvrir_un_litige(
        convention=convention,
        objet="La commune conteste deux consultations comptées.",
        le=(le - timedelta(days=30)).date(),
        par=par,
        maintenant=le - timedelta(days=30),
    )
    litiges.noter_un_echange(
        litige=litige,
        le=(le - timedelta(days=25)).date(),
        de="la secrétaire de mairie",
        texte="Elle demande le détail du compte.",
        fichier=None,
        par=par,
        maintenant=le - timedelta(days=25),
    )


def _assurer(troupe: Troupe, *, le: datetime) -> None:
    for sorte, fin_dans in (("archives", 300), ("responsabilite", 40), ("cyber", 200)):
        attestation = assurances.Attestation(
            sorte,
            "Mutuelle inventée des collectivités",
            f"DEMO-{sorte[:3].upper()}",
            (le - timedelta(days=65)).date(),
            (le + timedelta(days=fin_dans)).date(),
            piece(f"attestation-{sorte}.pdf", le),
        )
        assurances.garder_une_attestation(
            attestation=attestation,
            par=gestionnaire(troupe).acteur,
            maintenant=le - timedelta(days=60),
        )
