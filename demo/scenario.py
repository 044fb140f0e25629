"""L'histoire de la démonstration, jouée par les services sous une horloge donnée.

Une commune, des entreprises, une consultation dans chaque état, une prête à être ouverte
maintenant. Rejouée sur les mêmes données, elle ne recommence pas : elle reprend, et prolonge
ce qui arriverait à terme.
"""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.services import (
    constater_la_cloture,
    declarer_sans_suite,
    soumettre_a_relecture,
)
from beffroi.choix.analyse.models import Offre
from beffroi.reponse.depots.services import enregistrer_depot_materiel
from beffroi.reponse.depots.services.materiel import Arrivee
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.journal.chainage import creer_l_autorite
from beffroi.socle.journal.franchissement import franchir
from demo import (
    achevements,
    adherents,
    analyses,
    antivirus,
    archives,
    assistance,
    attributions,
    candidatures,
    cles,
    collegues,
    commissions,
    contrats,
    contributions,
    conventions,
    copies,
    courriers,
    demandes,
    deux_temps,
    documents,
    donnees_essentielles,
    droits,
    impayes,
    interventions,
    marches,
    pieces,
    preparations,
    publicite,
    questions,
    recettes,
    remises,
    repetitions,
    reprise,
    seances,
    signatures,
    sondes,
    versements,
    violations,
)
from demo.personnages import AGENTS, ENTREPRENEURS, GARDIENS, MOT_DE_PASSE, SOCIETES, Personnage
from demo.peuplement import Troupe, peupler
from demo.reponses import repondre
from demo.reprise import PARIS, prochain_midi, televersement

ANCIENNETE = timedelta(days=60)
# Les conventions ont plus d'un an : l'autorité d'horodatage naît avant le premier de leurs actes.
OUVERTURE_DU_SERVICE = timedelta(days=450)
RECIT = "recit.json"


def jouer(*, adresse: str, le: datetime | None = None) -> dict[str, Any]:
    """Joue l'histoire, ou la reprend ; rend ce que `demo.json` contient."""
    le = le or maintenant()
    fichier = Path(settings.DONNEES) / RECIT
    if fichier.exists():
        recit = reprise.reprendre(json.loads(fichier.read_text("utf-8")), le=le)
    else:
        creer_l_autorite(settings.HORODATAGE["cle"], le=le - OUVERTURE_DU_SERVICE)
        with transaction.atomic():
            recit = raconter(le=le)
    fichier.write_text(json.dumps(recit, ensure_ascii=False), "utf-8")
    dit = {"comptes": recit["comptes"], "televersement": recit["televersement"]}
    return {
        "adresse": adresse,
        **dit,
        "consultations": les_consultations(d_abord=recit["ouvertes"][0], le=le),
    }


def raconter(*, le: datetime) -> dict[str, Any]:
    origine = le - ANCIENNETE
    troupe = peupler(le=origine)
    cles.creer_les_identites(troupe, le=origine)
    cles.designer_les_gardiens(troupe, le=origine)
    pieces.raconter(troupe, le=le)
    collegues.raconter(troupe, le=le)
    ouvertes = publier_les_ouvertes(troupe, le=le)
    fermer(troupe, le=le)
    finir(troupe, le=le)
    preparer(troupe, le=le)
    deux_temps.raconter(troupe, le=le)
    attributions.raconter(troupe, le=le)
    commissions.reunir(troupe, Offre.objects.latest("pk").consultation, le=le)
    assistance.raconter(troupe, le=le)
    demandes.raconter(troupe, le=le)
    droits.raconter(troupe, le=le)
    violations.raconter(troupe, le=le)
    adherents.raconter(troupe, le=le)
    conventions.raconter(troupe, le=le)
    contributions.raconter(troupe, le=le)
    recettes.raconter(troupe, le=le)
    impayes.raconter(troupe, le=le)
    interventions.raconter(troupe, le=le)
    donnees_essentielles.raconter(troupe, le=le)
    contrats.raconter(troupe, le=le)
    achevements.raconter(troupe, le=le)
    archives.raconter(troupe, le=le)
    versements.raconter(troupe, le=le)
    remises.raconter(troupe, le=le)
    sondes.raconter(le=le)
    return {
        "comptes": les_comptes(troupe),
        "televersement": televersement(ouvertes[0], troupe, le=le),
        "ouvertes": [consultation.reference for consultation in ouvertes],
    }


def publier_les_ouvertes(troupe: Troupe, *, le: datetime) -> list[Consultation]:
    """Deux consultations où l'on peut répondre :
    l'une sans lot, l'autre allotie et en double contrôle.
    """
    toiture = marches.rediger(
        marches.TOITURE, troupe, le=le - timedelta(days=12), limite=prochain_midi(le, dans=6)
    )
    salle = marches.rediger(
        marches.TOITURE_EN_LOTS,
        troupe,
        le=le - timedelta(days=9),
        limite=prochain_midi(le, dans=12),
    )
    publiees = [
        marches.publier(
            consultation, troupe, ("martine", "helene", "bernard"), le=le - timedelta(days=jours)
        )
        for consultation, jours in ((toiture, 10), (salle, 7))
    ]
    repetee_le = le - timedelta(days=6)
    repetitions.repeter(
        publiees[0], repetitions.Table(troupe, preside="helene", avec="bernard", le=repetee_le)
    )
    deposer_chez(publiees[0], troupe, qui="zoe", chez="zingueurs", le=le - timedelta(hours=20))
    questions.raconter(publiees[1], troupe, le=le)
    courriers.ecrire_avant(publiees[1], troupe, le=le - timedelta(days=1))
    return publiees


def fermer(troupe: Troupe, *, le: datetime) -> None:
    """Deux consultations dont l'heure limite est passée :
    l'une prête à être ouverte, l'autre en séance.
    """
    voirie = publiee_et_close(marches.VOIRIE, troupe, limite=le - timedelta(hours=3), le=le)
    deposer_chez(voirie, troupe, qui="sophie", chez="faitage", le=le - timedelta(hours=30))
    deposer_chez(
        voirie, troupe, qui="kevin", chez="faitage", le=le - timedelta(hours=4), suffixe="-v2"
    )
    deposer_chez(voirie, troupe, qui="zoe", chez="zingueurs", le=le - timedelta(hours=5))
    deposer_chez(
        voirie,
        troupe,
        qui="emile",
        chez="etoile",
        le=le - timedelta(hours=3) + timedelta(seconds=29),
    )
    recevoir_une_copie_de_sauvegarde(voirie, troupe, le=le - timedelta(hours=6))
    constater_la_cloture(
        consultation=voirie,
        par=troupe.personnes["martine"].acteur,
        maintenant=le - timedelta(hours=2),
    )
    cantine = publiee_et_close(marches.CANTINE, troupe, limite=le - timedelta(days=1), le=le)
    deposer_chez(cantine, troupe, qui="lucie", chez="lanterne", le=le - timedelta(days=1, hours=2))
    deposer_chez(
        cantine, troupe, qui="tanguy", chez="tournevent", le=le - timedelta(days=1, hours=1)
    )
    seances.installer_une_seance(
        cantine, troupe, preside="helene", avec="bernard", le=le - timedelta(hours=1)
    )
    franchir(
        cantine,
        "entrer_en_seance",
        par=troupe.personnes["helene"].acteur,
        le=le - timedelta(hours=1),
    )


def finir(troupe: Troupe, *, le: datetime) -> None:
    """Ce qui est allé plus loin : dépouillée, attribuée, archivée, sans suite."""
    maire = troupe.personnes["helene"].acteur
    for jours, actes in ((3, ()), (8, ("attribuer",)), (20, ("attribuer", "archiver"))):
        limite = le - timedelta(days=jours)
        consultation = publiee_et_close(marches.VOIRIE, troupe, limite=limite, le=le)
        deposer_chez(
            consultation, troupe, qui="sophie", chez="faitage", le=limite - timedelta(hours=2)
        )
        # La dernière ouverte attend une pièce : on la demande à l'entreprise.
        deposer_chez(
            consultation,
            troupe,
            qui="zoe",
            chez="zingueurs",
            le=limite - timedelta(hours=1),
            entiere=bool(actes),
        )
        seance = seances.depouiller(
            consultation, troupe, preside="helene", avec="bernard", le=limite + timedelta(hours=6)
        )
        consultation.refresh_from_db()
        if not actes:
            antivirus.raconter(seance, troupe, le=limite + timedelta(hours=7))
            copies.raconter(consultation, troupe, limite=limite)
            signatures.raconter(seance, troupe, le=limite + timedelta(hours=9))
            courriers.raconter(consultation, troupe, le=limite + timedelta(hours=12))
            examinees_le = limite + timedelta(hours=20)
            candidatures.raconter(
                consultation, troupe, le=examinees_le, avant=prochain_midi(le, dans=5)
            )
            analyses.raconter(consultation, troupe, le=limite + timedelta(hours=30))
        for acte in actes:
            consultation = franchir(consultation, acte, par=maire, le=limite + timedelta(days=1))
    camping = publiee_et_close(marches.CAMPING, troupe, limite=le - timedelta(days=2), le=le)
    declarer_sans_suite(
        consultation=camping,
        motif="Le conseil municipal renonce au projet pour un motif d'intérêt général.",
        par=maire,
        maintenant=le - timedelta(days=1),
    )


def preparer(troupe: Troupe, *, le: datetime) -> None:
    """Un brouillon préparé question par question, et une consultation que le centre relit."""
    toiture = marches.rediger(
        marches.TOITURE, troupe, le=le - timedelta(days=1), limite=prochain_midi(le, dans=30)
    )
    preparations.repondre_pour(
        toiture,
        troupe,
        envoi=(le + timedelta(days=3)).astimezone(PARIS).date(),
        le=le - timedelta(days=1),
    )
    publicite.annoncer(toiture, troupe, le=le - timedelta(hours=20))
    relue = marches.rediger(
        marches.CANTINE, troupe, le=le - timedelta(days=2), limite=prochain_midi(le, dans=25)
    )
    preparations.faire_relire(relue, troupe, le=le - timedelta(days=1))
    soumettre_a_relecture(
        consultation=relue, par=troupe.personnes["martine"], maintenant=le - timedelta(days=1)
    )


def publiee_et_close(
    marche: marches.Marche, troupe: Troupe, *, limite: datetime, le: datetime
) -> Consultation:
    debut = limite - timedelta(days=25)
    consultation = marches.rediger(marche, troupe, le=debut, limite=limite)
    return marches.publier(
        consultation, troupe, ("martine", "helene", "bernard"), le=debut + timedelta(days=1)
    )


def deposer_chez(
    consultation: Consultation,
    troupe: Troupe,
    *,
    qui: str,
    chez: str,
    le: datetime,
    suffixe: str = "",
    entiere: bool = True,
) -> None:
    """Une réponse vraisemblable de cette entreprise ;
    il y manque les capacités si elle n'est pas entière.
    """
    nom = next(societe.nom for societe in SOCIETES if societe.cle == chez)
    candidature = {
        f"lettre-de-candidature{suffixe}.pdf": documents.pdf(
            "Lettre de candidature", nom, objet=consultation.titre
        ),
        f"capacités{suffixe}.pdf": documents.pdf(
            "Capacités du candidat", nom, moyens="Six personnes, deux véhicules."
        ),
    }
    if not entiere:
        candidature.popitem()
    offre = {
        f"acte-engagement{suffixe}.pdf": documents.pdf(
            "Acte d'engagement", nom, prix="Voir le bordereau."
        ),
        f"mémoire technique{suffixe}.pdf": documents.pdf(
            "Mémoire technique", nom, méthode="Un chantier, une équipe."
        ),
        f"bordereau{suffixe}.ods": documents.bordereau(
            ("Prestation principale", "forfait", 41_250.0)
        ),
    }
    repondre(
        consultation,
        troupe,
        qui=qui,
        chez=chez,
        le=le,
        candidature=candidature,
        offres={None: offre},
    )


def recevoir_une_copie_de_sauvegarde(
    consultation: Consultation, troupe: Troupe, *, le: datetime
) -> None:
    arrivee = Arrivee(
        sorte="copie_de_sauvegarde",
        deposant="Zingueurs de la Lys",
        recu_le=le,
        preuve="Remise contre récépissé, pli cacheté",
    )
    enregistrer_depot_materiel(
        consultation=consultation,
        arrivee=arrivee,
        par=troupe.personnes["martine"],
        maintenant=le + timedelta(minutes=5),
    )


def les_comptes(troupe: Troupe) -> list[dict[str, Any]]:
    agents = [
        compte(agent, troupe, organisme=troupe.organismes[agent.chez].nom, role=agent.roles[0])
        for agent in AGENTS
    ]
    gardiens = [
        compte(gardien, troupe, organisme=maison, role="gardien") for gardien, maison, _ in GARDIENS
    ]
    societes = {societe.cle: societe.nom for societe in SOCIETES}
    entreprises = [
        compte(personne, troupe, entreprise=societes[personne.chez], role="entreprise")
        for personne in ENTREPRENEURS
    ]
    return agents + gardiens + entreprises


def compte(personnage: Personnage, troupe: Troupe, *, role: str, **chez: str) -> dict[str, Any]:
    fiche: dict[str, Any] = {
        "role": role,
        **chez,
        "nom": personnage.nom,
        "identifiant": personnage.courriel,
        "mot_de_passe": MOT_DE_PASSE,
        "secret_totp": "" if "entreprise" in chez else personnage.secret_totp,
        "jeton_api": troupe.jetons[personnage.cle],
    }
    if personnage.tient_une_cle:
        fiche |= {
            "phrase_de_cle": personnage.phrase_de_cle,
            "code_de_secours": personnage.code_de_secours,
        }
    return fiche


def les_consultations(*, d_abord: str, le: datetime) -> list[dict[str, Any]]:
    """Celle où l'on peut répondre sans lot vient en premier,
    puis les autres dans l'ordre où elles sont nées.
    """
    rangees = sorted(Consultation.toutes.order_by("pk"), key=lambda c: c.reference != d_abord)
    return [
        {
            "reference": consultation.reference,
            "etat": etat_du_jour(consultation, le=le),
            "titre": consultation.titre,
            "lots": list(consultation.lots.values_list("numero", flat=True)),
            "date_limite_remise": consultation.date_limite_remise.isoformat()
            if consultation.date_limite_remise
            else None,
        }
        for consultation in rangees
    ]


def etat_du_jour(consultation: Consultation, *, le: datetime) -> str:
    """La clôture est un fait de dates : publiée, et l'heure passée, une consultation est close."""
    limite = consultation.date_limite_remise
    if consultation.etat == Consultation.Etat.PUBLIEE and limite and le > limite:
        return Consultation.Etat.CLOSE.value
    return consultation.etat
