/// Codes and descriptions of ICD-10-CM, the lungs to pregnancy, the commonest first.
extension DiagnosisCatalogue {
  static let respiratory = """
    J18.9|Pneumonia, unspecified organism
    J44.1|Chronic obstructive pulmonary disease with (acute) exacerbation
    J96.01|Acute respiratory failure with hypoxia
    J44.9|Chronic obstructive pulmonary disease, unspecified
    J45.901|Unspecified asthma with (acute) exacerbation
    J20.9|Acute bronchitis, unspecified
    J69.0|Pneumonitis due to inhalation of food and vomit
    J21.9|Acute bronchiolitis, unspecified
    J10.1|Influenza due to other identified influenza virus with other respiratory manifestations
    J15.9|Unspecified bacterial pneumonia
    J44.0|Chronic obstructive pulmonary disease with acute lower respiratory infection
    J96.21|Acute and chronic respiratory failure with hypoxia
    J06.9|Acute upper respiratory infection, unspecified
    J12.9|Viral pneumonia, unspecified
    J13|Pneumonia due to Streptococcus pneumoniae
    J15.1|Pneumonia due to Pseudomonas
    J15.212|Pneumonia due to Methicillin resistant Staphylococcus aureus
    J21.0|Acute bronchiolitis due to respiratory syncytial virus
    J22|Unspecified acute lower respiratory infection
    J36|Peritonsillar abscess
    J38.00|Paralysis of vocal cords and larynx, unspecified
    J39.0|Retropharyngeal and parapharyngeal abscess
    J43.9|Emphysema, unspecified
    J45.20|Mild intermittent asthma, uncomplicated
    J45.909|Unspecified asthma, uncomplicated
    J47.9|Bronchiectasis, uncomplicated
    J61|Pneumoconiosis due to asbestos and other mineral fibers
    J62.8|Pneumoconiosis due to other dust containing silica
    J80|Acute respiratory distress syndrome
    J81.0|Acute pulmonary edema
    J82|Pulmonary eosinophilia, not elsewhere classified
    J84.10|Pulmonary fibrosis, unspecified
    J84.112|Idiopathic pulmonary fibrosis
    J85.2|Abscess of lung without pneumonia
    J86.9|Pyothorax without fistula
    J90|Pleural effusion, not elsewhere classified
    J93.0|Spontaneous tension pneumothorax
    J93.9|Pneumothorax, unspecified
    J94.2|Hemothorax
    J95.821|Acute postprocedural respiratory failure
    J98.11|Atelectasis
    J98.4|Other disorders of lung
    J05.0|Acute obstructive laryngitis [croup]
    J03.90|Acute tonsillitis, unspecified
    J02.0|Streptococcal pharyngitis
    J01.90|Acute sinusitis, unspecified
    J32.9|Chronic sinusitis, unspecified
    J34.2|Deviated nasal septum
    J35.01|Chronic tonsillitis
    J33.9|Nasal polyp, unspecified
    J11.1|Influenza due to unidentified influenza virus with other respiratory manifestations
    """

  static let digestive = """
    K80.20|Calculus of gallbladder without cholecystitis without obstruction
    K35.80|Unspecified acute appendicitis
    K57.32|Diverticulitis of large intestine without perforation or abscess without bleeding
    K92.2|Gastrointestinal hemorrhage, unspecified
    K56.60|Unspecified intestinal obstruction
    K85.90|Acute pancreatitis without necrosis or infection, unspecified
    K21.9|Gastro-esophageal reflux disease without esophagitis
    K40.90|Unilateral inguinal hernia, without obstruction or gangrene, not specified as recurrent
    K29.70|Gastritis, unspecified, without bleeding
    K52.9|Noninfective gastroenteritis and colitis, unspecified
    K74.60|Unspecified cirrhosis of liver
    K80.00|Calculus of gallbladder with acute cholecystitis without obstruction
    K59.00|Constipation, unspecified
    K57.30|Diverticulosis of large intestine without perforation or abscess without bleeding
    K25.4|Chronic or unspecified gastric ulcer with hemorrhage
    K26.4|Chronic or unspecified duodenal ulcer with hemorrhage
    K43.9|Ventral hernia without obstruction or gangrene
    K50.90|Crohn's disease, unspecified, without complications
    K51.90|Ulcerative colitis, unspecified, without complications
    K70.30|Alcoholic cirrhosis of liver without ascites
    K72.90|Hepatic failure, unspecified without coma
    K81.0|Acute cholecystitis
    K83.0|Cholangitis
    K80.50|Calculus of bile duct without cholangitis or cholecystitis without obstruction
    K86.1|Other chronic pancreatitis
    K85.10|Biliary acute pancreatitis without necrosis or infection
    K63.1|Perforation of intestine (nontraumatic)
    K65.0|Generalized (acute) peritonitis
    K64.9|Unspecified hemorrhoids
    K60.3|Anal fistula
    K61.0|Anal abscess
    K62.5|Hemorrhage of anus and rectum
    K58.9|Irritable bowel syndrome without diarrhea
    K55.1|Chronic vascular disorders of intestine
    K44.9|Diaphragmatic hernia without obstruction or gangrene
    K42.9|Umbilical hernia without obstruction or gangrene
    K31.84|Gastroparesis
    K31.5|Obstruction of duodenum
    K30|Functional dyspepsia
    K22.2|Esophageal obstruction
    K22.0|Achalasia of cardia
    K20.9|Esophagitis, unspecified
    K12.30|Oral mucositis (ulcerative), unspecified
    K11.20|Sialoadenitis, unspecified
    K04.7|Periapical abscess without sinus
    K02.9|Dental caries, unspecified
    K76.0|Fatty (change of) liver, not elsewhere classified
    K75.4|Autoimmune hepatitis
    K90.0|Celiac disease
    K91.2|Postsurgical malabsorption, not elsewhere classified
    K92.0|Hematemesis
    K92.1|Melena
    """

  static let musculoskeletal = """
    M17.9|Osteoarthritis of knee, unspecified
    M16.9|Osteoarthritis of hip, unspecified
    M54.5|Low back pain
    M51.26|Other intervertebral disc displacement, lumbar region
    M48.06|Spinal stenosis, lumbar region
    M80.08XA|Age-related osteoporosis with current pathological fracture, vertebra(e), initial encounter for fracture
    M86.9|Osteomyelitis, unspecified
    M25.561|Pain in right knee
    M06.9|Rheumatoid arthritis, unspecified
    M10.9|Gout, unspecified
    M32.9|Systemic lupus erythematosus, unspecified
    M00.9|Pyogenic arthritis, unspecified
    M19.90|Unspecified osteoarthritis, unspecified site
    M47.816|Spondylosis without myelopathy or radiculopathy, lumbar region
    M43.16|Spondylolisthesis, lumbar region
    M79.1|Myalgia
    M79.7|Fibromyalgia
    M81.0|Age-related osteoporosis without current pathological fracture
    M75.100|Unspecified rotator cuff tear or rupture of unspecified shoulder, not specified as traumatic
    M72.6|Necrotizing fasciitis
    M62.82|Rhabdomyolysis
    M60.9|Myositis, unspecified
    M53.3|Sacrococcygeal disorders, not elsewhere classified
    M50.20|Other cervical disc displacement, unspecified cervical region
    M46.1|Sacroiliitis, not elsewhere classified
    M45.9|Ankylosing spondylitis of unspecified sites in spine
    M41.9|Scoliosis, unspecified
    M40.209|Unspecified kyphosis, site unspecified
    M35.3|Polymyalgia rheumatica
    M31.6|Other giant cell arteritis
    M34.9|Systemic sclerosis, unspecified
    M33.20|Polymyositis, organ involvement unspecified
    M30.0|Polyarteritis nodosa
    M23.50|Chronic instability of knee, unspecified knee
    M24.9|Joint derangement, unspecified
    M20.10|Hallux valgus (acquired), unspecified foot
    M21.6X9|Other acquired deformities of unspecified foot
    M22.2X9|Patellofemoral disorders, unspecified knee
    M65.9|Synovitis and tenosynovitis, unspecified
    M67.40|Ganglion, unspecified site
    M70.60|Trochanteric bursitis, unspecified hip
    M77.10|Lateral epicondylitis, unspecified elbow
    M84.50XA|Pathological fracture in neoplastic disease, unspecified site, initial encounter for fracture
    M87.00|Idiopathic aseptic necrosis of unspecified bone
    M94.0|Chondrocostal junction syndrome [Tietze]
    M11.20|Other chondrocalcinosis, unspecified site
    M08.00|Unspecified juvenile rheumatoid arthritis of unspecified site
    M15.0|Primary generalized (osteo)arthritis
    """

  static let genitourinary = """
    N17.9|Acute kidney failure, unspecified
    N39.0|Urinary tract infection, site not specified
    N18.6|End stage renal disease
    N20.1|Calculus of ureter
    N20.0|Calculus of kidney
    N10|Acute pyelonephritis
    N13.30|Unspecified hydronephrosis
    N18.3|Chronic kidney disease, stage 3 (moderate)
    N18.9|Chronic kidney disease, unspecified
    N30.00|Acute cystitis without hematuria
    N04.9|Nephrotic syndrome with unspecified morphologic changes
    N02.8|Recurrent and persistent hematuria with other morphologic changes
    N05.9|Unspecified nephritic syndrome with unspecified morphologic changes
    N00.9|Acute nephritic syndrome with unspecified morphologic changes
    N03.9|Chronic nephritic syndrome with unspecified morphologic changes
    N12|Tubulo-interstitial nephritis, not specified as acute or chronic
    N13.6|Pyonephrosis
    N15.1|Renal and perinephric abscess
    N18.4|Chronic kidney disease, stage 4 (severe)
    N18.5|Chronic kidney disease, stage 5
    N19|Unspecified kidney failure
    N21.0|Calculus in bladder
    N23|Unspecified renal colic
    N25.81|Secondary hyperparathyroidism of renal origin
    N26.9|Renal sclerosis, unspecified
    N28.1|Cyst of kidney, acquired
    N28.9|Disorder of kidney and ureter, unspecified
    N30.10|Interstitial cystitis (chronic) without hematuria
    N31.9|Neuromuscular dysfunction of bladder, unspecified
    N32.0|Bladder-neck obstruction
    N32.1|Vesicointestinal fistula
    N34.1|Nonspecific urethritis
    N35.9|Urethral stricture, unspecified
    N36.0|Urethral fistula
    N39.3|Stress incontinence (female) (male)
    N39.41|Urge incontinence
    N99.0|Postprocedural (acute) (chronic) kidney failure
    N13.1|Hydronephrosis with ureteral stricture, not elsewhere classified
    N13.2|Hydronephrosis with renal and ureteral calculous obstruction
    N17.0|Acute kidney failure with tubular necrosis
    N11.9|Chronic tubulo-interstitial nephritis, unspecified
    N14.1|Nephropathy induced by other drugs, medicaments and biological substances
    N28.0|Ischemia and infarction of kidney
    N30.40|Irradiation cystitis without hematuria
    N32.81|Overactive bladder
    """

  static let injuries = """
    S72.001A|Fracture of unspecified part of neck of right femur, initial encounter for closed fracture
    S06.0X0A|Concussion without loss of consciousness, initial encounter
    S52.501A|Unspecified fracture of the lower end of right radius, initial encounter for closed fracture
    S82.001A|Unspecified fracture of right patella, initial encounter for closed fracture
    S42.001A|Fracture of unspecified part of right clavicle, initial encounter for closed fracture
    S22.39XA|Fracture of one rib, unspecified side, initial encounter for closed fracture
    S32.010A|Wedge compression fracture of first lumbar vertebra, initial encounter for closed fracture
    S01.01XA|Laceration without foreign body of scalp, initial encounter
    T81.4XXA|Infection following a procedure, initial encounter
    T84.50XA|Infection and inflammatory reaction due to unspecified internal joint prosthesis, initial encounter
    S06.5X0A|Traumatic subdural hemorrhage without loss of consciousness, initial encounter
    S72.141A|Displaced intertrochanteric fracture of right femur, initial encounter for closed fracture
    S42.301A|Unspecified fracture of shaft of humerus, right arm, initial encounter for closed fracture
    S62.90XA|Unspecified fracture of unspecified wrist and hand, initial encounter for closed fracture
    S92.909A|Unspecified fracture of unspecified foot, initial encounter for closed fracture
    S93.409A|Sprain of unspecified ligament of unspecified ankle, initial encounter
    S83.509A|Sprain of unspecified cruciate ligament of unspecified knee, initial encounter
    S43.006A|Unspecified dislocation of unspecified shoulder joint, initial encounter
    S73.006A|Unspecified dislocation of unspecified hip, initial encounter
    S27.0XXA|Traumatic pneumothorax, initial encounter
    S36.00XA|Unspecified injury of spleen, initial encounter
    S36.113A|Laceration of liver, unspecified degree, initial encounter
    S37.009A|Unspecified injury of unspecified kidney, initial encounter
    S12.9XXA|Fracture of neck, unspecified, initial encounter
    S14.109A|Unspecified injury at unspecified level of cervical spinal cord, initial encounter
    S02.2XXA|Fracture of nasal bones, initial encounter for closed fracture
    S02.609A|Fracture of mandible, unspecified, initial encounter for closed fracture
    S05.90XA|Unspecified injury of unspecified eye and orbit, initial encounter
    S61.409A|Unspecified open wound of unspecified hand, initial encounter
    S81.009A|Unspecified open wound, unspecified knee, initial encounter
    S86.009A|Unspecified injury of unspecified Achilles tendon, initial encounter
    T14.90|Injury, unspecified
    T20.20XA|Burn of second degree of head, face, and neck, unspecified site, initial encounter
    T21.30XA|Burn of third degree of trunk, unspecified site, initial encounter
    T33.90XA|Superficial frostbite of unspecified sites, initial encounter
    T39.1X1A|Poisoning by 4-Aminophenol derivatives, accidental (unintentional), initial encounter
    T40.1X1A|Poisoning by heroin, accidental (unintentional), initial encounter
    T42.4X2A|Poisoning by benzodiazepines, intentional self-harm, initial encounter
    T43.011A|Poisoning by tricyclic antidepressants, accidental (unintentional), initial encounter
    T50.901A|Poisoning by unspecified drugs, medicaments and biological substances, accidental (unintentional), initial encounter
    T58.91XA|Toxic effect of carbon monoxide from unspecified source, accidental (unintentional), initial encounter
    T63.441A|Toxic effect of venom of bees, accidental (unintentional), initial encounter
    T67.0XXA|Heatstroke and sunstroke, initial encounter
    T68.XXXA|Hypothermia, initial encounter
    T78.2XXA|Anaphylactic shock, unspecified, initial encounter
    T79.6XXA|Traumatic ischemia of muscle, initial encounter
    T81.31XA|Disruption of external operation (surgical) wound, not elsewhere classified, initial encounter
    T82.7XXA|Infection and inflammatory reaction due to other cardiac and vascular devices, implants and grafts, initial encounter
    T82.855A|Stenosis of coronary artery stent, initial encounter
    T83.511A|Infection and inflammatory reaction due to indwelling urethral catheter, initial encounter
    T84.010A|Broken internal right hip prosthesis, initial encounter
    T86.11|Kidney transplant rejection
    T88.7XXA|Unspecified adverse effect of drug or medicament, initial encounter
    """

  static let pregnancy = """
    O80|Encounter for full-term uncomplicated delivery
    O34.211|Maternal care for low transverse scar from previous cesarean delivery
    O42.92|Full-term premature rupture of membranes, unspecified as to length of time between rupture and onset of labor
    O48.0|Post-term pregnancy
    O14.90|Unspecified pre-eclampsia, unspecified trimester
    O24.419|Gestational diabetes mellitus in pregnancy, unspecified control
    O70.1|Second degree perineal laceration during delivery
    O36.8190|Decreased fetal movements, unspecified trimester, not applicable or unspecified
    O60.10X0|Preterm labor with preterm delivery, unspecified trimester, not applicable or unspecified
    O72.1|Other immediate postpartum hemorrhage
    O99.019|Anemia complicating pregnancy, unspecified trimester
    O99.89|Other specified diseases and conditions complicating pregnancy, childbirth and the puerperium
    O03.9|Complete or unspecified spontaneous abortion without complication
    O00.90|Unspecified ectopic pregnancy without intrauterine pregnancy
    O13.9|Gestational [pregnancy-induced] hypertension without significant proteinuria, unspecified trimester
    O14.10|Severe pre-eclampsia, unspecified trimester
    O15.9|Eclampsia, unspecified as to time period
    O20.0|Threatened abortion
    O21.1|Hyperemesis gravidarum with metabolic disturbance
    O22.30|Deep phlebothrombosis in pregnancy, unspecified trimester
    O26.899|Other specified pregnancy related conditions, unspecified trimester
    O30.009|Twin pregnancy, unspecified number of placenta and unspecified number of amniotic sacs, unspecified trimester
    O32.1XX0|Maternal care for breech presentation, not applicable or unspecified
    O36.5990|Maternal care for other known or suspected poor fetal growth, unspecified trimester, not applicable or unspecified
    O41.1290|Chorioamnionitis, unspecified trimester, not applicable or unspecified
    O44.00|Complete placenta previa NOS or without hemorrhage, unspecified trimester
    O45.90|Premature separation of placenta, unspecified, unspecified trimester
    O46.90|Antepartum hemorrhage, unspecified, unspecified trimester
    O47.9|False labor, unspecified
    O62.2|Other uterine inertia
    O63.0|Prolonged first stage (of labor)
    O64.9XX0|Obstructed labor due to malposition and malpresentation, unspecified, not applicable or unspecified
    O66.0|Obstructed labor due to shoulder dystocia
    O69.81X0|Labor and delivery complicated by cord around neck, without compression, not applicable or unspecified
    O71.4|Obstetric high vaginal laceration alone
    O75.2|Pyrexia during labor, not elsewhere classified
    O82|Encounter for cesarean delivery without indication
    O85|Puerperal sepsis
    O86.12|Endometritis following delivery
    O87.1|Deep phlebothrombosis in the puerperium
    O88.219|Thromboembolism in pregnancy, unspecified trimester
    O90.3|Peripartum cardiomyopathy
    O91.22|Nonpurulent mastitis associated with the puerperium
    O98.519|Other viral diseases complicating pregnancy, unspecified trimester
    O99.210|Obesity complicating pregnancy, unspecified trimester
    O99.340|Other mental disorders complicating pregnancy, unspecified trimester
    O99.419|Diseases of the circulatory system complicating pregnancy, unspecified trimester
    O02.1|Missed abortion
    """
}
