#include "traffic/templates.h"

namespace sieve::traffic {
namespace {

using enum LegitKind;

constexpr LegitSentence kSentences[] = {
    {kChat, "[到哪了|我快到了|堵车呢]，在{place}等你"},
    {kChat, "{day}一起吃{food}吗？[{time}见|{name}也来]"},
    {kChat, "[好的|收到|没问题]，[谢谢|晚点打给你|明天见]"},
    {kChat, "{name}，帮我买个{item}，回头转你{small}"},
    {kChat,
     "[{kin}，|]我换号码了，新号{mobile}，[旧的不用了|存一下|微信还是原来那个]，[{day}回家|我是{"
     "name}]"},
    {kChat,
     "{kin}，[生活费|房租|学费]还差{amount}，[能先转我吗|{date}之前要交]，[爱你|下个月就发工资了]"},
    {kChat,
     "给你转了{amount}{cur}，[买{item}的钱|{kin}的红包|还你上次的{food}]，[查收一下|收到吱一声]"},
    {kChat, "[照片|视频|婚礼照片]都在这里 {link} [密码{acct}|{date}之前下载|{name}拍的]"},
    {kChat, "晚上[视频|语音]吗？{kin}[想你了|想看看宝宝|有话跟你说]，[{time}以后|吃完饭]都行"},
    {kChat,
     "宝贝[晚安|早安|吃饭了吗]❤️ "
     "[想你想得睡不着|{day}就能见到你了|到{place}给我发消息]"},
    {kChat,
     "[亲爱的|老公|老婆]，[下班给我带{food}|今晚加班，别等我|快递在门口帮我拿一下]，{time}[到家|"
     "左右]"},
    {kChat,
     "{name}您好，[合同|发票|报价单]发您邮箱了，金额{big}元，[请于{date}前付款|账号同上月|"
     "麻烦确认]"},
    {kChat, "{time}开会，会议链接 {link} 密码{code}，[{name}主讲|记得开摄像头|迟到的请{food}]"},
    {kChat, "[表格|方案|排班表]放这里了 {link} [{day}前填好|第{n}页{name}补一下|有问题在群里说]"},
    {kChat, "同学群 {link} [扫不了码就点这个|进群改一下名字|{n}班的都在]，[{date}聚会|群主{name}]"},
    {kChat, "加我微信 {handle}，[地址我发你|资料在那边发|群里太吵了]"},
    {kChat,
     "家长们好，{date}[春游|运动会|家长会]，{time}在{place}集合，[每人交{small}元|带水和帽子|"
     "请假找{name}老师]"},
    {kChat, "哈哈哈哈哈[笑死|绝了|太真实了] [{name}也太搞笑了吧|我截图了|快来{place}吃瓜]😂"},
    {kChat, "在吗 [问你个事|明天{time}有空没|{place}那家{food}叫啥]"},
    {kChat,
     "你好呀，我是{name}介绍的，[在{place}上班|平时喜欢爬山]，[周末一起喝咖啡？|方便的话{day}"
     "见个面]"},
    {kChat, "[球队|跑团|瑜伽课]{day}{time}在{place}，[差{n}个人|场地费AA {small}|下雨取消]"},
    {kChat, "[庙里|教会|社区]{date}有法会/活动，[素斋免费|随喜捐款|{name}开车去]"},
    {kChat, "师傅我在{place}[北门|地下停车场|公交站]，[穿黑衣服|尾号{acct}]，[{min}分钟到吗|不急]"},
    {kChat, "房子{day}{time}可以看，[月租{amount}|押一付三]，[{place}步行{n}分钟|钥匙在{name}那]"},
    {kChat, "[美哭了|太可了|笑不活了|羡慕|加油] [🔥🔥|😭|🙏|👍👍] [{item}哪买的|@{name}|{place}见]"},
    {kChat, "[工资|货款|报销]{big}{day}打款，[{name}在网银审批一下|发票{time}前交]"},
    {kChat,
     "机票{amount}，[你先订|转我一半]，[{date} {time}到|来{place}接我]❤️"},
    {kChat,
     "物业：{name}您好，[快递在前台|车{voucher}挡门口了|物业费{amount}元该交了]，[电话{mobile}|{"
     "time}下班]"},
    {kChat,
     "出{item}，[九成新|只用过{n}次]，{amount}{cur}[可小刀|包邮|自提{place}]，[私聊|加{handle}]"},
    {kChat, "今天[好累|摸鱼|加班] [不想动|奶茶续命|{time}溜] [emo了|yyds|栓Q]"},
    {kChat,
     "hi {name}, [我landing了|meeting刚完], [wait for me at {place}|回你later], [ok lah|thx]"},
    {kRisky, "昨天买彩票中了{amount}，{day}请你吃{food}"},
    {kRisky, "有人发短信说兼职日结，肯定是骗子，别点"},
    {kRisky,
     "[我妈|{kin}]差点被骗，对方说[账户涉嫌洗钱|医保卡异常|快递丢了理赔]，[还好没转账|已经报警了|"
     "验证码没给]"},
    {kRisky, "“恭喜您获得{amount}元彩金，点击领取”哈哈哈[这种短信你收到没|一天三条|谁信啊]"},
    {kRisky, "赌{small}块，{team}[今晚必赢|又要输|{n}比1]，[输的请{food}|敢不敢]"},
    {kRisky, "{team}的[赔率|盘口]{n}.{small}，[买了{small}块玩玩|体彩店快关门了|我不看好]"},
    {kRisky,
     "去澳门玩了{n}天，[赌场就逛了逛|{game}输了{amount}|{kin}赢了{amount}]，[{food}不错|酒店好贵]"},
    {kRisky, "双色球{day}开奖，[帮我买两注|号码{code}|又差一个数]，[中了分你一半|奖池{n}个亿]"},
    {kRisky, "抽卡{n}连出金了！！🎉 [{name}充了{amount}啥也没有|欧皇附体|活动到{date}]"},
    {kRisky, "游戏里的老虎机[送{amount}金币|今天免费转{n}次]，[上线领一下|来我们公会|{time}截止]"},
    {kRisky, "房贷批下来了，{big}，利率{n}.{small}%，[{day}去签字|银行的人挺好的]"},
    {kRisky,
     "{name}，能借我{amount}吗，[{date}发工资还你|车坏了要修|信用卡还不上了]，[急|不方便也没事]"},
    {kRisky, "基金[涨了{pct}%|又绿了]，[要不要赎回|{name}说拿着|分红{date}到账]"},
    {kRisky,
     "币圈[又崩了|这波牛市]，[我{date}就清仓了|{name}亏了{amount}|我只敢买{small}刀]，[别问|"
     "太刺激]"},
    {kRisky, "{place}那家咖啡店招兼职，[一小时{small}|管饭]，[周末就行|你表妹要不要去]，找{name}"},
    {kRisky, "面试过了！月薪{amount}，[包吃住|五险一金]，{date}入职，[{food}我请|在{place}]"},
    {kRisky,
     "我舅在邮轮上做厨师，[正规中介办的|合同{n}个月]，[工资挺高|说还招人]，[你问问{name}|"
     "就是想家]"},
    {kRisky,
     "{day}会展缺{n}个人帮忙，一天{amount}现结，[{time}到{place}|站着发传单]，[来不来|学生优先]"},
    {kRisky, "那个刷单群[千万别进|我朋友被骗了{big}|先给小钱再让你垫付]，[快退了|跟{kin}也说一声]"},
    {kRisky,
     "炒股[亏麻了|回本了]，{name}推荐的[{pct}%收益|内部消息]都是扯，[老老实实存定期|别信老师带单]"},
    {kRisky, "麻将三缺一，{time}来{place}，[打小的，一块两块|不打钱|输了洗碗]，{name}带{food}"},
    {kRisky, "公司年会抽奖，[我中了{item}|{name}中了一等奖{amount}]，[羡慕死了|请客请客]"},
    {kRisky, "“免费彩金{amount}”这种[赌博短信|垃圾短信]{n}条了，[怎么拦截|举报12321|谁点谁傻]"},
    {kRisky, "他说稳赚每周{pct}%😂 [典型杀猪盘|我让他拿牌照他就拉黑我|一分别给]"},
    {kRisky, "电竞决赛{day}，{team}[{n}:0|要翻车]，[去{place}看吗|竞猜只押游戏币]"},
    {kRisky, "中介说出国打工月薪{big}，[查了没资质|别去{border}啊|{name}的同学被骗去过]"},
    {kRisky, "刮刮乐中了{small}，[又刮没了|买{food}去]，[小赌怡情|见好就收]"},
    {kRisky, "信用卡还不上了，[找{name}借{amount}|分{n}期吧|别碰网贷]，[{date}发工资]"},
    {kRisky, "线上兼职录用了，[是正规公司|先签合同]，[试稿费{amount}|从没让我交钱]，{date}开工"},
    {kRisky, "银行卡被盗刷{amount}，[{app}给赔了|已挂失|报案了]，[链接别乱点|换卡{n}天]"},
    {kRisky, "红包群手气最佳{small}块，[{name}发了{amount}|运气王请{food}]，[再来一个|拼手速]"},
    {kOtp, "{brand}验证码{code}，{n}分钟内有效，[请勿泄露给他人|工作人员不会向您索要]。"},
    {kOtp, "{brand}您正在登录，验证码：{code}。[如非本人操作请忽略|切勿转发]。"},
    {kOtp,
     "{brand}您尾号{acct}的卡正在支付{amount}.00元，动态密码{code}，[谨防诈骗|请勿告诉任何人]。"},
    {kOtp,
     "{brand}校验码{code}，用于[修改手机号|重置密码|绑定银行卡]，{n}分钟内有效，["
     "打死都不要告诉别人|谨防上当]。"},
    {kOtp, "{brand}您的取件/提货验证码为{code}，[{date}前有效|凭码领取]。"},
    {kOtp,
     "{brand}向{name}转账{amount}元，短信验证码{code}（编号{acct}）。[索要验证码的都是骗子|"
     "请核对收款人]。"},
    {kReceipt,
     "{brand}您尾号{acct}的账户{date} {time}[消费|转出|取现]{amount}.00元，余额{big}.00元。"},
    {kReceipt,
     "{brand}您尾号{acct}卡{date}入账[工资|退款|转账]{amount}.00元，余额{big}.00元。[客服{phone}|"
     "]"},
    {kReceipt,
     "{brand}信用卡尾号{acct}本期账单{amount}.00元，最低还款{small}.00元，到期还款日{date}。["
     "详见App|账单 {url}]"},
    {kReceipt,
     "{brand}您的账户于{date} {time}在新设备登录，[如非本人请致电{phone}|如非本人请立即修改密码 "
     "{url}]。"},
    {kReceipt,
     "{brand}尊敬的客户，您可申请{big}元[消费贷|信用贷款]，年化利率{n}.{small}%起，["
     "登录手机银行办理|详情 {url}]。拒收请回复R"},
    {kReceipt,
     "{brand}刷卡满{amount}元立减{small}，[{date}截止|每周五]，[指定餐厅|加油站|超市]可用，[报名 "
     "{url}|退订回T]"},
    {kReceipt,
     "{brand}您的[贷款|房贷|分期]{amount}.00元将于{date}扣款，请确保尾号{acct}的账户余额充足。"},
    {kReceipt,
     "{brand}您持有的基金已分红{amount}.{small}元，[{date}到账|查看季报 "
     "{url}]。[投资有风险，入市需谨慎。|]"},
    {kReceipt, "{brand}您尾号{acct}的卡余额不足{amount}元，[请及时充值|自动扣费可能失败]。"},
    {kReceipt,
     "{brand}您购买的保险保费{amount}元{date}到期，[请按时缴费|缴费 {url}]，保单号{voucher}。"},
    {kReceipt,
     "{brand}您在{app}的{amount}元消费可分{n}期免息，[回复FQ{acct}|App内办理]，{date}前有效。"},
    {kReceipt,
     "{brand}您于{date} {time}在{place}ATM取款{amount}元，[手续费{small}元|余额{big}.00元]。"},
    {kReceipt,
     "{brand}您的身份证信息即将到期，请{date}前[到网点|在App]更新，我行不会通过短信链接要求办理。"},
    {kReceipt,
     "{brand}证券：买入成交{small}手，价格{n}.{small}，[交割单 {url}|非本人操作请电{phone}]。"},
    {kCourier,
     "{brand}您的包裹{track}已到{place}驿站，取件码{n}-{n}-{acct}，[{time}前领取|请带好证件]。"},
    {kCourier,
     "{brand}快件{track}正在派送，快递员{name} {mobile}，[预计{time}前送达|放门口请回复1]。"},
    {kCourier,
     "{brand}快件{track}派送失败，[将于{day}再次派送|改约时间 {url}]，[电话无人接听|地址不详]。"},
    {kCourier,
     "{brand}您的国际包裹{track}需缴关税{amount}.00元，[送货时付|请登录海关公众号或 "
     "{url}]，回执{voucher}。"},
    {kCourier, "{brand}货到付款订单{acct}，金额{amount}元，[请准备好零钱|{day}{time}送达]。"},
    {kCourier,
     "{brand}您的外卖[骑手{name}已取餐|到楼下了]，{food}，[约{min}分钟|尾号{acct}]，[记得五星好评|"
     "]"},
    {kCourier, "{brand}请确认{track}收货地址，[正确回1|修改 {url}]，{date}前未回复将原地址派送。"},
    {kCourier, "{brand}包裹{track}破损赔付{amount}元已通过，[{n}日内原路退回|补偿券{voucher}]。"},
    {kMarketing, "{brand}{item}{pct}%OFF，[今晚{time}秒杀|全场包邮]，[速抢|点击] {url} 退订回T"},
    {kMarketing,
     "{brand}送您{small}元优惠券，码{voucher}，[{date}前有效|满{amount}可用]，{url} 拒收请回复R"},
    {kMarketing,
     "{brand}您有{amount}积分将于{date}过期，[可兑换{item}|抽奖换话费]，[登录 {url}|到店兑换]。"},
    {kMarketing,
     "{brand}周年庆抽奖结果：一等奖{name}（尾号{acct}），二等奖{name}。[请{date}前到服务台领奖|"
     "名单 {url}]"},
    {kMarketing,
     "{brand}邀请好友注册，双方各得{small}元红包，邀请码{voucher}，[上不封顶|仅限新人] {url}"},
    {kMarketing,
     "{brand}{name}，生日快乐！免费领{food}一份，[凭码{voucher}|到店报手机号]，{date}前有效"},
    {kMarketing,
     "{brand}会员自动续费{small}元失败，[请更新支付方式|续费 {url}]，{date}后将无法观看。"},
    {kMarketing,
     "{brand}新岗位推荐：{place}[收银员|司机|会计|文员]，月薪{amount}-{big}，[投递 "
     "{url}|面试{date}]。退订回T"},
    {kMarketing,
     "{brand}新赛季{date}开启，登录送[{amount}钻石|十连抽|限定皮肤]，[回归玩家双倍|戳] {url}"},
    {kMarketing,
     "{brand}购物满{amount}元抽[黄金|汽车|{item}]，[{place}店|公证处监督]，{date}开奖，活动规则 "
     "{url}"},
    {kMarketing,
     "{brand}招聘[兼职店员{small}元/时|仓库日结{amount}元|邮轮厨师]，[{date}{place}面试|报名 "
     "{url}]，不收任何费用。退订回T"},
    {kMarketing, "{brand}填{n}分钟问卷得{small}积分 {url} [{date}截止|限会员]，拒收请回复R"},
    {kMarketing,
     "{brand}福利彩票第{acct}期开奖：{code}，[中奖请到网点兑奖|查询 "
     "{url}]。理性购彩，未成年人禁止购彩"},
    {kGovernment,
     "{brand}您{n}月[水费|电费|燃气费]{amount}.00元，请于{date}前缴纳，[可到营业厅或App|"
     "逾期收滞纳金]。"},
    {kGovernment,
     "{brand}个人所得税汇算清缴{date}截止，[请登录官方App办理|详情 {url}|咨询{phone}]。"},
    {kGovernment,
     "{brand}您的退税{amount}.00元已于{date}退回您登记的账户，[无需任何操作|无需点击链接]。"},
    {kGovernment,
     "{brand}反诈提醒：凡是[刷单返利|免费领彩金|冒充公检法要求转账|屏幕共享办贷款]的都是诈骗，["
     "不轻信不转账|接到请打{phone}]。"},
    {kGovernment,
     "{brand}您的车{voucher}于{date} "
     "{time}在{place}违停，罚款{amount}元，[请到窗口处理|{small}日内处理]。"},
    {kGovernment,
     "[台风|暴雨|高温|地震]预警：{date} "
     "{time}起{place}一带，[请勿外出|请转移到安全处|学校停课]。{brand}"},
    {kGovernment,
     "{brand}{place}{date} "
     "{time}[停水|停电]检修，[约{n}小时|请提前储水]，[敬请谅解|咨询{phone}]。"},
    {kGovernment,
     "{brand}[流感疫苗|宫颈癌疫苗|加强针]{date}在{place}接种，[带身份证|预约 {url}]，免费。"},
    {kGovernment, "{brand}[选民登记|社区选举]{date}在{place}，[带身份证|查询 {url}]。"},
    {kGovernment,
     "{brand}您的[养老金|育儿补贴|消费券]{amount}元已于{date}发放，无需注册，无需缴费。"},
    {kTelco, "{brand}您本月已用流量{pct}%，[剩余{n}GB|超出后限速]，{date}更新。查询发送{acct}"},
    {kTelco, "{brand}您已成功充值{small}元，[余额{amount}.00元|有效期至{date}]。"},
    {kTelco, "{brand}您的套餐{date}到期，[续订回复{acct}|办理 {url}]，{small}元{n}0GB。"},
    {kTelco,
     "{brand}请于{date}前完成实名登记，[到营业厅|通过App]，否则将暂停服务，[免费办理|咨询{phone}]"
     "。"},
    {kTelco, "{brand}您有{amount}积分可兑换[话费|流量|{item}]，[回复{acct}|{url}]，{date}清零。"},
    {kTelco,
     "{brand}升级5G套餐首月{small}元，[送{n}0GB|宽带免费]，[回复Y办理|详情 {url}]，退订回T"},
    {kTelco,
     "{brand}境外来电+{small}请谨慎接听，[拦截服务免费|发送{acct}开通]。客服不会要求转账。"},
    {kTelco, "{brand}感谢您在网{n}年，赠送{n}GB流量，[回复LQ{acct}领取|App领取]，{date}前有效。"},
    {kReminder,
     "{brand}您预约的{date} {time}[内科|口腔科|体检]，[请提前{min}分钟|取消请拨{phone}]。"},
    {kReminder, "{brand}您的检查报告已出，[请到{n}楼自助机打印|查看 {url}]，编号{voucher}。"},
    {kReminder,
     "{brand}家长您好，[学费{amount}元请于{date}前缴清|{date}放假|{date} "
     "{time}家长会]，[谢谢配合|详见班级群]。"},
    {kReminder,
     "{brand}{name}您好，邀请您{date} {time}参加面试，[地点{place}|线上 "
     "{url}]，岗位[实习生|前台|会计]，[收到请回复|带简历]。"},
    {kReminder,
     "{brand}感谢您捐款{amount}元用于[助学|救灾|修缮]，[证书编号{voucher}|收据 {url}]。"},
    {kReminder, "{brand}您{day}的服务请评价，[回复1-5|{url}]，[感谢支持|好评送{small}元券]。"},
    {kReminder, "{brand}[疫苗第{n}针|洗牙|视力检查]该做了，预约 {url} 或{phone}。"},
};

}  // namespace

constinit const std::span<const LegitSentence> kLegitZh = kSentences;

}  // namespace sieve::traffic
