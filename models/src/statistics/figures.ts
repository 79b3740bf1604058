interface Figure {
  readonly title: { readonly zh: string; readonly en: string };
  /** How it is computed, what is left out, and why it cannot be made better by anything but better work. */
  readonly text: { readonly zh: string; readonly en: string };
}

/** What every figure means: shown beside it on the page and written into every exported sheet. */
export const figures = {
  flow: {
    title: { zh: "线索去向", en: "What became of clues" },
    text: {
      zh: "期间内建立的线索按现在的状态计数。线索归入建立之日，不论何时作出决定；并入同一行为的不是单独一件。",
      en: "Clues opened in the period, counted by their present state. A clue belongs to the day it was opened, whenever it is decided; what was merged into the same act is no item of its own.",
    },
  },
  precision: {
    title: { zh: "识别准确度", en: "Precision" },
    text: {
      zh: "准确度 = 审核通过 ÷（审核通过 + 审核未通过 + 作噪声剔除 + 现场未发现 + 通过后消除）。剔除、现场未发现、消除都与未通过一样计入分母，因此剔除不会提高准确度。尚未决定的不计入，另给出全部不通过与全部通过时的范围，因此不作决定只会使范围变宽。并入同一行为的不计，件数列在“不计入”。区间为 Wilson 95 % 区间；已决定的件数太少时只给区间，不给点值。",
      en: 'Precision = accepted ÷ (accepted + rejected + discarded as noise + not found on site + erased after acceptance). What is discarded, not found or erased counts like what is rejected, so discarding raises nothing. Undecided records are not in it; the range shows where it would stand if all of them were rejected, or all accepted, so not deciding only widens it. What was merged into the same act is left out and counted under "left out". Intervals are Wilson\'s 95 %; with too few decided records only the interval is told.',
    },
  },
  reasons: {
    title: { zh: "驳回与剔除的理由", en: "Reasons of rejection" },
    text: {
      zh: "审核人、值班员选择的理由代码，按线索现在的状态计数。一条线索只计最后一次所选的理由。",
      en: "Reason codes that reviewers and monitoring staff chose, by the clue's present state. Of each clue only the last one counts.",
    },
  },
  queues: {
    title: { zh: "现在的待办", en: "Queues as they stand now" },
    text: {
      zh: "不限期间，制表时刻的全部待办。等待时间从线索建立时算起，退回不会使其重新计时。超期：已过审核期限。",
      en: "All that waits at this moment, whatever the period. Ages count from the opening of the clue: sending back does not start them anew. Overdue: past the due date of review.",
    },
  },
  waits: {
    title: { zh: "等待审核的时间", en: "Time until review" },
    text: {
      zh: "期间内建立的线索：技术审核从线索建立到首次审核意见；法制审核从首次技术通过到首次法制意见。仍在等待的按已等时间一并计入，因此不审核不会使时间变短；中位数或 95 % 位落在仍在等待的线索上时标“至少”。未经审核即剔除的和并入的不计。",
      en: 'Clues opened in the period: technical from the opening to the first verdict, legal from the first technical pass to the first legal verdict. What still waits is in it with the time so far, so not reviewing makes no time shorter; where the median or the 95 % place falls on such a clue it says "at least". Clues discarded without a review, and merged ones, are not in it.',
    },
  },
  review_time: {
    title: { zh: "每件审核用时", en: "Time spent on a record" },
    text: {
      zh: "期间内建立的线索：作出审核意见的人打开该记录、页面在前台的时间，由其浏览器计量；中位数与 90 % 位。少于 10 次、或只有一名审核人的不显示时间，因此看不出任何个人。快不等于好：只用于看出哪些违法行为难以判断、图片不足，不作考核。没有计量的审核不计。",
      en: "Clues of the period: how long the record was open and in front of whoever gave the verdict, as their browser measured it; median and 90 % place. Fewer than ten reviews, or those of one person alone, tell no time, so nobody can be read from it. Quick is not good: it tells which violations are hard to judge or lack pictures, and appraises nobody. Reviews without a measure are not in it.",
    },
  },
  known: {
    title: { zh: "已知答案记录的判断", en: "Verdicts on known items" },
    text: {
      zh: "期间内对混入队列的已知答案记录作出的结论中，与已知答案一致的比例，按队列。只有一名审核人作答的队列不显示，件数列在“不计入”；个人结果只有本人在“我的账号”看到。撤下的记录不计。",
      en: 'Verdicts given in the period on known items mixed into a queue, and the share that agrees with the known answer. A queue answered by one person alone is not told; its number stands under "left out". Nobody but the person sees the own result, on the account page. Items that were withdrawn are not in it.',
    },
  },
  on_time: {
    title: { zh: "按期审核率", en: "Reviewed on time" },
    text: {
      zh: "按期 = 在审核期限内作出通过或不通过的意见。分母为已有意见的和期限已过的线索；“存疑”不算意见。期限未到且无意见的列为尚未决定；未经审核即剔除的不计入。",
      en: 'On time = a verdict of pass or fail by the due date of review. Taken of clues that have a verdict or are past due; "unsure" is no verdict. Not due and without verdict: undecided. Discarded without a review: left out.',
    },
  },
  sent_back: {
    title: { zh: "审核退回率", en: "Sent back" },
    text: {
      zh: "至少被法制审核退回一次的线索 ÷ 经过法制审核的线索。退回多少都不是好坏的标准，只说明两级审核的分歧。",
      en: "Clues that legal review sent back at least once ÷ clues that had a legal review. Neither many nor few are good: it tells how often the two reviews differ.",
    },
  },
  wrong: {
    title: { zh: "错误线索率", en: "Wrong clues" },
    text: {
      zh: "（审核未通过 + 作噪声剔除 + 现场未发现）÷ 全部已决定的线索。与所选的理由无关，换一个理由不会改变它。",
      en: "(Rejected + discarded + not found on site) ÷ all decided clues. It does not hang on the reason chosen: another reason does not change it.",
    },
  },
  erased: {
    title: { zh: "消除率", en: "Erased records" },
    text: {
      zh: "审核通过后又被消除的记录 ÷ 曾经审核通过的记录（通过的 + 消除的）。",
      en: "Records erased after both reviews had accepted them ÷ records that were accepted (accepted + erased).",
    },
  },
  corrected: {
    title: { zh: "劝阻后改正率", en: "Corrected after dissuasion" },
    text: {
      zh: "复查认定已改正的 ÷ 劝阻后已复查的线索。尚未复查的列为尚未决定，因此不复查不会提高它。",
      en: "Found corrected on looking again ÷ dissuaded clues that were looked at again. Not looked at yet: undecided, so not looking raises nothing.",
    },
  },
  watched: {
    title: { zh: "无法观察的时间", en: "Blind time" },
    text: {
      zh: "每台摄像机每天：看到、应当看到而无法观察（缺帧、镜头移动、遮挡、能见度低）、没有记录的分钟数。多条规则同时无法观察只计一次。固定摄像机和卡口自首段录像起应当不间断，其余时间列为没有记录，因此关机不会减少这一指标；无人机、巡查车、上传文件不计没有记录的时间。",
      en: "Per camera and day: minutes seen, minutes that should have been and were not (looks missing, view moved, covered or dark), and minutes without a recording. Rules blind at once count once. Fixed cameras and gates are expected to record without a pause from their first clip on, and what lacks is told, so switching one off makes nothing better; drones, patrols and files have no such minutes.",
    },
  },
  misses: {
    title: { zh: "漏报估计", en: "Misses" },
    text: {
      zh: "每台摄像机每天由系统按密钥散列抽取若干没有任何线索覆盖的画面，由技术审核员判断。抽取前无人能预知或挑选，抽取后可凭保管记录中的密钥重算。每张画面按其代表的画面数加权；区间为 Clopper–Pearson 95 % 精确区间（按有效样本量，Korn–Graubard），并换算成画面数。有一人看到违法即为漏报。无法判断或尚未判断的不计入，另给出它们全部漏报时的上限。抽取之后才出线索的、抽取之后才到达的画面不计。估计的是画面，不是行为：一次行为可占许多画面。",
      en: "Of every camera and day some looks that no flag covers are drawn by a keyed hash and judged by technical reviewers. Nobody can foresee or choose them; with the key in the custody log anybody can draw again. Each look is weighted by the looks it stands for; the interval is Clopper and Pearson's exact 95 % (on the effective number of looks, Korn and Graubard), told in looks as well. A look is missed where anybody saw a violation. Looks that could not be told or are not judged yet are not in it; the upper end if all of them were missed is told. Looks flagged after the draw, and those that arrived after it, are left out. It estimates looks, not acts: one act may fill many looks.",
    },
  },
  reviews: {
    title: { zh: "两级审核的一致", en: "Agreement of the two reviews" },
    text: {
      zh: "同一轮中，法制审核同意技术审核“通过”的比例：法制通过为一致，不通过、退回为不一致，存疑不计入。技术审核未通过的不会到法制审核，两人没有独立判断同一批记录，Cohen’s kappa 无意义，故不给出。",
      en: "Share of technical passes that legal review agreed with in the same round: pass agrees, fail and send back do not, unsure is left out. What technical review rejects never reaches legal review: the two did not judge the same records independently, so Cohen's kappa is not defined and not told.",
    },
  },
  samples: {
    title: { zh: "抽查画面的一致", en: "Agreement on sampled looks" },
    text: {
      zh: "每次抽取的第一张画面由两人各自判断：结论相同的比例和 Cohen’s kappa（扣除偶然一致）。一人回答无法判断的不计入。只有一种结论时 kappa 无定义。",
      en: 'The first look of every drawing is judged by two persons on their own: the share of equal answers and Cohen\'s kappa, which takes off agreement by chance. "Cannot tell" is left out. Where only one answer was ever given kappa is not defined.',
    },
  },
  seeds: {
    title: { zh: "已知画面的发现率", en: "Known violations seen" },
    text: {
      zh: "抽查中混入两级审核已通过的记录画面，看的人不知道是哪些：说出该违法的比例。无法判断的列为尚未决定。它说明漏报估计本身会漏多少，只用于培训。",
      en: 'Looks of records that both reviews accepted are mixed into the sampled ones; nobody is told which. The share on which that violation was named; "cannot tell" is undecided. It tells how much the miss estimate itself misses, and serves training alone.',
    },
  },
} as const satisfies Record<string, Figure>;
export type FigureId = keyof typeof figures;
