"""Un accord-cadre à deux titulaires :
un marché subséquent déjà né de sa consultation, une demande partie, une en brouillon.
"""

from datetime import datetime, timedelta
from decimal import Decimal

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.services import designer_membre
from beffroi.choix.attribution import services as attribution
from beffroi.contrat.marches.models import Marche
from beffroi.contrat.marches.queries import representants_de
from beffroi.contrat.marches.services import contrats, naissance, notification, vie
from beffroi.contrat.remises_en_concurrence import services
from beffroi.contrat.remises_en_concurrence.models import RemiseEnConcurrence
from beffroi.reponse.depots.models import Pli
from demo import contrats as actes
from demo import documents, marches, seances
from demo.peuplement import Troupe
from demo.reponses import repondre

CHEMINS = contrats.Termes(
    numero="2026-010",
    objet="Entretien des chemins ruraux",
    prestation="travaux",
    nature="accord_cadre",
    procedure="procedure_adaptee_ouverte",
    montant=Decimal(60_000),
    maximum=Decimal(80_000),
    duree_en_mois=24,
    forme_de_prix="unitaire",
    ccag="Travaux",
    code_cpv="45233141",
    lieu="62960",
    offres_recues=3,
)
TITULAIRES = (("sophie", "faitage"), ("zoe", "zingueurs"))
CRITERES = "Prix, 60 points.\nDélai d'intervention, 40 points."
DOSSIER = marches.Marche(
    titre="Chemins",
    objet="",
    articles={"objet": "Ce que l'accord-cadre laisse à préciser.", "délai": "Six semaines."},
)
PRIX = {"faitage": Decimal("12400.00"), "zingueurs": Decimal("13150.00")}


def raconter(troupe: Troupe, *, le: datetime) -> None:
    accord = tenir_l_accord_cadre(troupe, le=le)
    conclure(troupe, accord, le=le)
    limite = (le + timedelta(days=11)).replace(hour=11, minute=0, second=0, microsecond=0)
    envoyer(
        troupe,
        demander(
            troupe,
            accord,
            "Curage des fossés de la route d'Aire",
            limite,
            le=le - timedelta(days=2),
        ),
    )
    demander(
        troupe,
        accord,
        "Empierrement du chemin du Bois",
        limite + timedelta(days=14),
        le=le - timedelta(days=1),
    )


def tenir_l_accord_cadre(troupe: Troupe, *, le: datetime) -> Marche:
    depuis = actes.jour(le - timedelta(days=200))
    accord = contrats.inscrire(
        organisme=troupe.organismes["Bomy"],
        termes=CHEMINS,
        titulaires=[actes.troupe_de(chez, troupe) for _, chez in TITULAIRES],
        reprise=contrats.Reprise(depuis - timedelta(days=6), None, depuis),
        par=troupe.personnes["martine"].acteur,
        maintenant=le - timedelta(days=38),
    )
    commander_a_tour_de_role(troupe, accord, le=le)
    return accord


def commander_a_tour_de_role(troupe: Troupe, accord: Marche, *, le: datetime) -> None:
    bons = (
        ("BC-01", "Fauchage du chemin des Prés", "5200.00", 150),
        ("BC-02", "Curage du fossé nord", "4850.50", 60),
    )
    for titulaire, (numero, objet, montant, jours) in zip(
        representants_de(accord), bons, strict=True
    ):
        commande = vie.Commande(
            numero, objet, Decimal(montant), actes.jour(le - timedelta(days=jours)), titulaire
        )
        vie.commander(
            marche=accord,
            commande=commande,
            bon=None,
            par=troupe.personnes["martine"].acteur,
            maintenant=le - timedelta(days=37),
        )


def demander(
    troupe: Troupe, accord: Marche, titre: str, limite: datetime, *, le: datetime
) -> RemiseEnConcurrence:
    demande = services.Demande(
        titre,
        "Environ quatre cents mètres, hors période de gel.",
        CRITERES,
        limite,
        Decimal(14_000),
    )
    return services.ouvrir(
        accord=accord,
        demande=demande,
        courriels=[troupe.personnes[qui].courriel for qui, _ in TITULAIRES],
        par=troupe.personnes["martine"],
        maintenant=le,
    )


def envoyer(
    troupe: Troupe, remise: RemiseEnConcurrence, *, le: datetime | None = None
) -> Consultation:
    """Les documents, les personnes qui ouvrent, les clés ;
    puis l'invitation part aux deux titulaires.
    """
    martine, consultation, le = (
        troupe.personnes["martine"],
        remise.consultation,
        le or remise.ouverte_le,
    )
    marches.joindre_les_documents(consultation, DOSSIER, par=martine, le=le)
    membres = ("martine", "helene", "bernard")
    for cle in membres:
        designer_membre(
            consultation=consultation,
            utilisateur=troupe.personnes[cle],
            par=martine.acteur,
            maintenant=le,
        )
    consultation.refresh_from_db()
    return marches.publier(consultation, troupe, membres, le=le)


def conclure(troupe: Troupe, accord: Marche, *, le: datetime) -> None:
    """De la demande au contrat notifié : rien n'est écrit à la main, tout passe par les actes."""
    limite = le - timedelta(days=20)
    remise = demander(
        troupe, accord, "Reprise du chemin du Moulin", limite, le=limite - timedelta(days=15)
    )
    consultation = envoyer(troupe, remise)
    plis = {}
    for rang, (qui, chez) in enumerate(TITULAIRES, start=1):
        acte = documents.pdf("Acte d'engagement", chez, prix=f"{PRIX[chez]} euros hors taxes.")
        plis[chez] = repondre(
            consultation,
            troupe,
            qui=qui,
            chez=chez,
            le=limite - timedelta(hours=rang),
            candidature={},
            offres={None: {"acte-engagement.pdf": acte}},
        )
    seances.depouiller(
        consultation, troupe, preside="helene", avec="bernard", le=limite + timedelta(hours=5)
    )
    consultation.refresh_from_db()
    attribuer(consultation, plis["faitage"], troupe, le=limite + timedelta(days=2))
    signer_et_notifier(consultation, troupe, le=limite + timedelta(days=4))


def attribuer(consultation: Consultation, pli: Pli, troupe: Troupe, *, le: datetime) -> None:
    martine = troupe.personnes["martine"]
    pli.refresh_from_db()
    projet = attribution.ProjetDAttribution(
        pli=pli,
        montant=PRIX["faitage"],
        motif="94 points sur 100 : le prix le plus bas, le même délai.",
        avantages="Un prix plus bas de 750 euros.",
    )
    attribution.attribuer(
        consultation=consultation, lot=None, projet=projet, par=martine, maintenant=le
    )
    rejet = attribution.FaitsDUneSuite(
        2, Decimal("90.6"), "Votre prix est plus élevé, pour le même délai."
    )
    for lettre in attribution.preparer_les_lettres(
        consultation=consultation, par=martine, maintenant=le
    ):
        retenue = lettre.equipe_id == pli.equipe_id
        faits = {} if retenue else {suite.pk: rejet for suite in lettre.suites.all()}
        precisee = attribution.preciser(lettre=lettre, faits=faits, par=martine, maintenant=le)
        relecture = attribution.Relecture(precisee.texte)
        attribution.relire(lettre=precisee, relecture=relecture, par=martine, maintenant=le)
    attribution.envoyer_les_lettres(
        consultation=consultation, par=martine, maintenant=le + timedelta(minutes=20)
    )


def signer_et_notifier(consultation: Consultation, troupe: Troupe, *, le: datetime) -> None:
    """Aucune attente : un marché subséquent en est dispensé (CCP, art. R. 2182-2)."""
    martine, helene = troupe.personnes["martine"].acteur, troupe.personnes["helene"].acteur
    termes = contrats.Termes(
        numero="2026-022",
        objet=consultation.titre,
        prestation="travaux",
        procedure=consultation.type_de_procedure,
        montant=PRIX["faitage"],
        duree_en_mois=3,
        forme_de_prix="unitaire",
        ccag="Travaux",
        code_cpv="45233141",
        lieu="62960",
    )
    marche = naissance.ouvrir(
        consultation=consultation, lot=None, termes=termes, par=martine, maintenant=le
    )
    for partie, jours in (("titulaire", 1), ("acheteur", 2)):
        marche = actes.signer(marche, partie, troupe, le=le + timedelta(days=jours))
    marche = notification.dire_la_transmission(
        marche=marche,
        requise=False,
        motif="12 400 € HT : très en dessous du seuil de transmission.",
        par=helene,
        maintenant=le + timedelta(days=2),
    )
    notification.notifier(
        marche=marche,
        recue_le=actes.jour(le + timedelta(days=4)),
        preuve=actes.fichier("accuse-de-reception.pdf", "Accusé de réception"),
        par=martine,
        maintenant=le + timedelta(days=4),
    )
